import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createApp } from './app.js'

const server = createApp()
let address

before(
  () =>
    new Promise((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        address = `http://127.0.0.1:${server.address().port}`
        resolve()
      }),
    ),
)
after(() => {
  server.close()
  server.closeAllConnections()
})

test('shows a page', async () => {
  const response = await fetch(address)
  assert.equal(response.status, 200)
  assert.match(await response.text(), /Hello, world!/)
})

test('greets over the API', async () => {
  const response = await fetch(`${address}/api/hello?name=Ada`)
  assert.deepEqual(await response.json(), { message: 'Hello, Ada!' })
})

test('tells that it is healthy', async () => {
  assert.equal((await fetch(`${address}/healthz`)).status, 200)
})

test('knows what it does not have', async () => {
  assert.equal((await fetch(`${address}/nothing`)).status, 404)
})
