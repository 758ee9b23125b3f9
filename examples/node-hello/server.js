import { createApp } from './app.js'

const host = process.env.HOST ?? '127.0.0.1'
const port = Number(process.env.PORT ?? 8080)

const server = createApp()
server.listen(port, host, () => console.log(`Listening on http://${host}:${server.address().port}`))

// Requests under way may end; then the process does.
process.on('SIGTERM', () => {
  server.close()
  server.closeIdleConnections()
})
