const [quote, backslash, openList, closeList, openObject, closeObject] = [...'"\\[]{}'].map((sign) =>
  sign.charCodeAt(0),
)

/** How deep JSON nests, told while it comes in pieces and before anything is made of it. Text that is no JSON has a depth too. */
export class JsonDepth {
  #level = 0
  #deepest = 0
  #inString = false
  #escaped = false

  /** The deepest level so far, with these bytes (UTF-8, in which no sign of JSON is a part of another character). */
  after(bytes: Uint8Array): number {
    for (const byte of bytes) {
      if (this.#inString) this.#readString(byte)
      else if (byte === quote) this.#inString = true
      else if (byte === openList || byte === openObject) {
        this.#level += 1
        if (this.#level > this.#deepest) this.#deepest = this.#level
      } else if (byte === closeList || byte === closeObject) this.#level -= 1
    }
    return this.#deepest
  }

  #readString(byte: number): void {
    if (this.#escaped) this.#escaped = false
    else if (byte === backslash) this.#escaped = true
    else if (byte === quote) this.#inString = false
  }
}
