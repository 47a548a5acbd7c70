/** Something the desk will not do: a status and a code that the page's catalogue says in words. Nothing personal. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: 400 | 401 | 403 | 404 | 409 | 429
  readonly code: string

  constructor(status: Refusal['status'], code: string) {
    super(code)
    this.status = status
    this.code = code
  }
}
