export const LONGEST_NAME = 50

/** Greets someone; a blank name greets the world. */
export function greet(name) {
  const whom = name.trim() || 'world'
  if (whom.length > LONGEST_NAME) {
    throw new RangeError(`a name has at most ${LONGEST_NAME} letters`)
  }
  return `${process.env.GREETING ?? 'Hello'}, ${whom}!`
}
