/** The page's entry: styles, fonts, the application. */
import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import './styles/tokens.css'
import './styles/base.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { tellCutText } from './shell/cut-text.ts'
import { reportUncaught } from './state/uncaught.ts'
import { adoptColours } from './styles/colours.ts'

reportUncaught()
adoptColours()
tellCutText(document)
const target = document.getElementById('app')
if (target === null) throw new Error('index.html has no element "app"')
mount(App, { target })
