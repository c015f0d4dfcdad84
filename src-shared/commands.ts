/**
 * Every command that a menu or a key can call, once: the native menu, the page's shortcuts and the list under `?` are made
 * from it. Keys as Electron accelerators: CmdOrCtrl stands for Command on macOS, Control elsewhere.
 */
export interface Command {
  readonly id: string
  readonly title: string
  readonly menu: 'File' | 'Edit' | 'View' | 'Run' | 'Graph' | 'Help'
  readonly keys: string | null
  /** A separator stands before it in its menu. */
  readonly apart?: boolean
}

export const commands = [
  { id: 'project.new', title: 'New project…', menu: 'File', keys: 'CmdOrCtrl+N' },
  { id: 'project.open', title: 'Open project…', menu: 'File', keys: 'CmdOrCtrl+O' },
  { id: 'project.close', title: 'Close project', menu: 'File', keys: 'CmdOrCtrl+W' },
  { id: 'data.openFolder', title: 'Open data folder…', menu: 'File', keys: 'CmdOrCtrl+I', apart: true },
  { id: 'data.openFile', title: 'Open data file…', menu: 'File', keys: 'CmdOrCtrl+Shift+I' },
  { id: 'export', title: 'Export…', menu: 'File', keys: 'CmdOrCtrl+E', apart: true },
  { id: 'app.quit', title: 'Quit', menu: 'File', keys: 'CmdOrCtrl+Q', apart: true },
  { id: 'edit.undo', title: 'Undo', menu: 'Edit', keys: 'CmdOrCtrl+Z' },
  { id: 'edit.redo', title: 'Redo', menu: 'Edit', keys: 'CmdOrCtrl+Shift+Z' },
  { id: 'edit.rename', title: 'Rename', menu: 'Edit', keys: 'F2', apart: true },
  { id: 'view.start', title: 'Start', menu: 'View', keys: 'CmdOrCtrl+1' },
  { id: 'view.data', title: 'Data', menu: 'View', keys: 'CmdOrCtrl+2' },
  { id: 'view.model', title: 'Model', menu: 'View', keys: 'CmdOrCtrl+3' },
  { id: 'view.training', title: 'Training', menu: 'View', keys: 'CmdOrCtrl+4' },
  { id: 'view.graph', title: 'Graph', menu: 'View', keys: 'CmdOrCtrl+5' },
  { id: 'view.clusters', title: 'Clusters', menu: 'View', keys: 'CmdOrCtrl+6' },
  { id: 'view.runs', title: 'Runs', menu: 'View', keys: 'CmdOrCtrl+7' },
  { id: 'view.components', title: 'Components', menu: 'View', keys: 'CmdOrCtrl+8' },
  { id: 'view.prediction', title: 'Prediction', menu: 'View', keys: 'CmdOrCtrl+9' },
  { id: 'theme.system', title: 'Theme: as the system', menu: 'View', keys: null, apart: true },
  { id: 'theme.light', title: 'Theme: light', menu: 'View', keys: null },
  { id: 'theme.dark', title: 'Theme: dark', menu: 'View', keys: null },
  { id: 'run.start', title: 'Start training', menu: 'Run', keys: 'CmdOrCtrl+Enter' },
  { id: 'run.pause', title: 'Pause or go on', menu: 'Run', keys: 'CmdOrCtrl+P' },
  { id: 'run.stop', title: 'Stop', menu: 'Run', keys: 'CmdOrCtrl+.' },
  { id: 'graph.layered', title: 'Layered layout', menu: 'Graph', keys: 'Alt+1' },
  { id: 'graph.force', title: 'Force layout', menu: 'Graph', keys: 'Alt+2' },
  { id: 'graph.circle', title: 'Circle layout', menu: 'Graph', keys: 'Alt+3' },
  { id: 'graph.fit', title: 'Fit the graph', menu: 'Graph', keys: 'CmdOrCtrl+0', apart: true },
  { id: 'graph.whatIf', title: 'What if a node were set…', menu: 'Graph', keys: 'Alt+4', apart: true },
  { id: 'graph.ask', title: 'Ask the graph…', menu: 'Graph', keys: 'Alt+5' },
  { id: 'graph.know', title: 'What is known already…', menu: 'Graph', keys: null },
  { id: 'graph.compare', title: 'Compare…', menu: 'Graph', keys: null },
  { id: 'help.shortcuts', title: 'Keyboard shortcuts', menu: 'Help', keys: '?' },
  { id: 'help.glossary', title: 'Terms and symbols', menu: 'Help', keys: null },
  { id: 'help.identifiability', title: 'What can be told, and what cannot', menu: 'Help', keys: null },
  { id: 'help.about', title: 'About Causalscope', menu: 'Help', keys: null },
] as const satisfies readonly Command[]

export type CommandId = (typeof commands)[number]['id']
