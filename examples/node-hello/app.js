import { createServer } from 'node:http'
import { greet } from './greeting.js'

/** A page at /, JSON at /api/hello, and /healthz for whoever watches. */
export function createApp() {
  return createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost')
    switch (url.pathname) {
      case '/':
        return answer(response, 200, 'text/html', `<!doctype html><title>Hello</title><h1>${greet('')}</h1>\n`)
      case '/api/hello':
        return api(response, url.searchParams.get('name') ?? '')
      case '/healthz':
        return answer(response, 200, 'text/plain', 'ok\n')
      default:
        return answer(response, 404, 'text/plain', 'There is nothing here.\n')
    }
  })
}

function api(response, name) {
  try {
    answer(response, 200, 'application/json', JSON.stringify({ message: greet(name) }) + '\n')
  } catch (error) {
    answer(response, 400, 'application/json', JSON.stringify({ error: error.message }) + '\n')
  }
}

function answer(response, status, type, text) {
  response.writeHead(status, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(text)
}
