/**
 * A client of the desk without a browser: opens a one-time link, keeps the session token, calls the API as the page does.
 */
import { request } from 'node:http'
import type { RunningDesk } from '../../src/review/server/start.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** A request exactly as given, Host header and all. */
export function sendRaw(
  address: string,
  options: {
    readonly method?: string
    readonly path?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string
  },
): Promise<Answer> {
  const { hostname, port } = new URL(address)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        // A connection for each: one that is kept is closed by the desk after five seconds, just as a machine that stood still sends on it.
        agent: false,
        hostname,
        port,
        method: options.method ?? 'GET',
        path: options.path ?? '/',
        headers: options.headers ?? {},
        setHost: options.headers?.Host === undefined,
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        )
        response.on('error', reject)
      },
    )
    sent.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text: '' })
    })
    sent.on('error', reject)
    if (options.body !== undefined) sent.write(options.body)
    sent.end()
  })
}

export class DeskClient {
  readonly address: string
  token = ''

  constructor(address: string) {
    this.address = address
  }

  static async enter(
    desk: RunningDesk,
    login?: { readonly name: string; readonly password: string },
  ): Promise<DeskClient> {
    const client = new DeskClient(desk.address)
    const code = new URL(desk.newLink()).hash.slice(3)
    client.token = ((await client.call('/api/open', { code })) as { token: string }).token
    if (login !== undefined) await client.call('/api/login', login)
    return client
  }

  headers(): Record<string, string> {
    return {
      'Content-Type': 'application/json',
      Origin: this.address,
      'Sec-Fetch-Site': 'same-origin',
      ...(this.token === '' ? {} : { 'X-Session': this.token }),
    }
  }

  async ask(
    path: string,
    body: object = {},
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
    const text = JSON.stringify(body)
    const answer = await sendRaw(this.address, {
      method: 'POST',
      path,
      headers: { ...this.headers(), 'Content-Length': String(Buffer.byteLength(text)) },
      body: text,
    })
    return {
      status: answer.status,
      body: answer.text === '' ? {} : (JSON.parse(answer.text) as Record<string, unknown>),
    }
  }

  /** The answer, or an error with the code of the refusal. */
  async call<T = unknown>(path: string, body: object = {}): Promise<T> {
    const answer = await this.ask(path, body)
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body.refused ?? '')}`)
    return answer.body as T
  }
}
