/** Cytoscape, and the one thing the page's policy does not let it do by itself. */
import cytoscape from 'cytoscape'

/** It would add a style element, which the policy forbids, unless one of this id is there; the container is positioned by its own style. */
const stylesheetId = '__________cytoscape_stylesheet'

export function openCytoscape(options: cytoscape.CytoscapeOptions): cytoscape.Core {
  if (document.getElementById(stylesheetId) === null) {
    const stand = document.createElement('meta')
    stand.id = stylesheetId
    document.head.append(stand)
  }
  return cytoscape(options)
}
