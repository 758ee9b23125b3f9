import assert from 'node:assert/strict'
import { test } from 'node:test'
import { greet, LONGEST_NAME } from './greeting.js'

test('greets by name', () => {
  assert.equal(greet('Ada'), 'Hello, Ada!')
})

test('greets the world when nobody is named', () => {
  assert.equal(greet('  '), 'Hello, world!')
})

test('refuses an endless name', () => {
  assert.throws(() => greet('x'.repeat(LONGEST_NAME + 1)), RangeError)
})
