/** The report's style: the window's tokens, light or dark as the reader's system is, light and unbroken on paper. */
import { colourRules } from '../../../src-shared/colours.ts'

export const style = `
:root { color-scheme: light dark;
  --font: Inter, system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; --mono: "JetBrains Mono", ui-monospace, "SF Mono", Consolas, monospace;
  ${colourRules('light')} }
@media screen and (prefers-color-scheme: dark) { :root { ${colourRules('dark')} } }
* { box-sizing: border-box }
body { margin: 0; background: var(--bg); color: var(--text); font: 14px/1.5 var(--font); font-feature-settings: "tnum" }
main { max-width: 1080px; margin: 0 auto; padding: 40px 24px 64px; display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr) }
header { padding: 0 4px 4px }
.kicker { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; color: var(--text-2); font-size: 13px }
.kicker b { color: var(--accent); font-weight: 650; display: flex; gap: 8px; align-items: center }
h1 { font-size: 28px; line-height: 1.25; letter-spacing: -.015em; font-weight: 650; margin: 16px 0 0; max-width: 34em; text-wrap: balance; overflow-wrap: anywhere }
h2 { font-size: 17px; letter-spacing: -.01em; font-weight: 650; margin: 0 0 4px } h3 { font-size: 13px; font-weight: 600; margin: 0 0 8px } section > h3 { margin-top: 20px }
p { margin: 0 0 12px; } .scroll + p, table + p { margin-top: 10px } p { max-width: 72ch } p:last-child { margin-bottom: 0 }
.lead { color: var(--text-2); margin-bottom: 16px } .muted { color: var(--muted) } .num { font-family: var(--mono); font-size: 12.5px } .wrap { overflow-wrap: anywhere }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 20px 24px 24px }
ul.findings { list-style: none; padding: 0; margin: 16px 0 0; display: grid; gap: 8px }
ul.findings li { padding: 8px 12px 8px 34px; border-radius: 6px; background: var(--surface); border: 1px solid var(--line); position: relative; color: var(--text-2) }
ul.findings li::before { content: ""; position: absolute; left: 14px; top: 15px; width: 7px; height: 7px; border-radius: 50%; background: var(--accent) }
ul.findings li.warning { background: var(--warn-soft); border-color: transparent; color: var(--text) } ul.findings li.warning::before { background: var(--warn); border-radius: 1px; transform: rotate(45deg) }
li .tag { font-weight: 600; color: var(--warn) }
.split { display: grid; grid-template-columns: minmax(0, 1fr); gap: 24px } .figure { text-align: center; overflow-x: auto } svg { max-width: 100%; height: auto } svg text { font-family: var(--font) }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100%; font-size: 13px } caption { text-align: left; font-weight: 600; padding: 0 0 6px }
th { font-weight: 500; color: var(--muted); text-align: left; padding: 4px 10px 4px 0; vertical-align: bottom } td { padding: 6px 10px 6px 0; border-top: 1px solid var(--line); vertical-align: middle } th:last-child, td:last-child { padding-right: 0 }
td.r, th.r { text-align: right; font-family: var(--mono); font-size: 12.5px; white-space: nowrap } th.r { font-family: var(--font); font-size: 13px; white-space: normal } th, td { overflow-wrap: anywhere } th { min-width: 3.5em } tbody th { color: var(--text); border-top: 1px solid var(--line); padding: 6px 10px 6px 0 }
.bar { display: inline-block; width: 90px; height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; vertical-align: middle } .bar i { display: block; height: 100%; background: var(--accent); border-radius: 3px } .bar.open i { background: var(--muted) }
.tables { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 420px), 1fr)); gap: 24px 32px } td.p { background: linear-gradient(to right, var(--accent-soft) var(--p), transparent var(--p)); padding-left: 6px }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 232px), 1fr)); gap: 12px } .card { border: 1px solid var(--line); border-radius: 8px; padding: 12px; break-inside: avoid; min-width: 0 }
.card h3 { display: flex; gap: 8px; align-items: baseline; overflow-wrap: anywhere } .card h3 .r { margin-left: auto; font: 12.5px var(--mono); color: var(--text-2); white-space: nowrap } .swatch { flex: none; width: 9px; height: 9px; border-radius: 3px; display: inline-block }
.pics { display: flex; gap: 10px; flex-wrap: wrap; margin: 0 0 8px } figure { margin: 0 } figcaption { font-size: 11px; color: var(--muted); margin-top: 2px; max-width: 96px; overflow-wrap: anywhere } .card figcaption, .small { font-size: 11.5px } img { display: block; width: 92px; height: auto; border-radius: 4px; border: 1px solid var(--line); image-rendering: pixelated } .plot figcaption { max-width: none } .overlay { margin-bottom: 20px; text-align: left } .overlay .key { justify-content: center } .cards + p { margin-top: 16px }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: 16px 24px } .key { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 12px; color: var(--text-2); margin: 4px 0 12px } .key span { display: inline-flex; gap: 6px; align-items: center }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 24px; margin: 8px 0 0; font-size: 13px } .facts dt { color: var(--muted) } .facts dd { margin: 0; overflow-wrap: anywhere }
.settings { columns: 2; column-gap: 32px; font-size: 12.5px } .settings div { display: flex; justify-content: space-between; gap: 16px; border-top: 1px solid var(--line); padding: 3px 0; break-inside: avoid } .settings code { font-family: var(--mono); color: var(--text-2); overflow-wrap: anywhere } .settings code:first-child { flex: none } .settings code + code { color: var(--text); text-align: right }
a { color: var(--accent) } code { font-family: var(--mono); font-size: 12.5px }
@media (max-width: 640px) { main { padding: 24px 12px } section { padding: 16px } .settings { columns: 1 } .facts { grid-template-columns: 1fr } .facts dd { margin-bottom: 8px } h1 { font-size: 22px } }
@page { size: A4; margin: 16mm 14mm }
@media print { :root { color-scheme: light } body { background: #fff; font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact } main { display: block; max-width: none; padding: 0 } section { border: 0; border-top: 1px solid var(--line-strong); border-radius: 0; padding: 12pt 0 } h1 { font-size: 18pt } h2, h3, caption { break-after: avoid } tr, figure, ul.findings li, .card { break-inside: avoid } .tables { display: block } .tables > * { margin-bottom: 14pt } .figure, .scroll { overflow: visible } a { color: inherit; text-decoration: none } }
`
