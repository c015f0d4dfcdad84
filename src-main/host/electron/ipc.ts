/** The two messages between preload script and host: a request, an event. */
export const ipcRequest = 'causalscope:request'
export const ipcEvent = 'causalscope:event'
