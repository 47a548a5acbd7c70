/**
 * Lets a worker thread load .ts sources, under tsx and vitest alike. Only read when running from source: `--import tsx`
 * itself does nothing in a worker thread.
 */
import { register } from 'tsx/esm/api'

register()
