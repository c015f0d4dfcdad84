// The command line: the same services as the window, with no window.
export {}
