/**
 * What a request must look like before anything reads it, and what every answer carries.
 *
 * In:  a request. Out: a refusal, or nothing. Loopback alone protects nobody: other pages in the same browser can reach
 *      it (DNS rebinding, cross-port forms). So: a list of allowed hosts first, no cookies, one origin, one content type.
 */
import type { Context, MiddlewareHandler } from 'hono'

export interface GuardOptions {
  /** `127.0.0.1:4321`, `localhost:4321`, `[::1]:4321`; with --host also that name. */
  readonly hosts: () => ReadonlySet<string>
  readonly scheme: 'http' | 'https'
}

export const BODY_BYTES_MAX = 64 * 1024

const CONTENT_SECURITY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'"

export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY,
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), clipboard-read=()',
}

export function guardRequests(options: GuardOptions): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host') ?? ''
    if (!options.hosts().has(host)) return answer(context, 421)
    const refusal = context.req.path.startsWith('/api/') ? refuseCall(context, options, host) : refusePage(context)
    if (refusal !== undefined) return answer(context, refusal)
    await next()
    for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value)
    return undefined
  }
}

/** Pages and assets: read only, no query (nothing secret may ever stand in an address), no upgrade. */
function refusePage(context: Context): number | undefined {
  if (context.req.method !== 'GET' && context.req.method !== 'HEAD') return 405
  if (context.req.url.includes('?')) return 400
  if (context.req.header('upgrade') !== undefined) return 400
  const destination = context.req.header('sec-fetch-dest')
  if (destination === 'iframe' || destination === 'frame' || destination === 'object' || destination === 'embed')
    return 403
  return undefined
}

function refuseCall(context: Context, options: GuardOptions, host: string): number | undefined {
  const { req } = context
  if (req.method !== 'POST') return 405
  if (req.header('upgrade') !== undefined) return 400
  if (req.header('origin') !== `${options.scheme}://${host}`) return 403
  const site = req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin') return 403
  if (!/^application\/json(;\s*charset=utf-8)?$/i.test(req.header('content-type') ?? '')) return 415
  if (req.url.includes('?')) return 400
  const length = Number(req.header('content-length') ?? 'NaN')
  if (Number.isNaN(length)) return 411
  if (length > BODY_BYTES_MAX) return 413
  return undefined
}

/** Refusals are empty: they tell a stranger nothing. */
function answer(context: Context, status: number): Response {
  void context
  return new Response(null, { status, headers: HEADERS })
}
