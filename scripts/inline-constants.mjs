/**
 * Writes constants into the compiled program as the numbers they are. Run by `npm run build:program` after tsc.
 *
 * `lines[at + WORD.birth]` is, for V8, a load of the binding of another module, a load of a property and a check of what both gave, at
 * every use; and where a branch was not taken before its function was optimised, that load is a reason to throw the optimised code
 * away. A number is neither. A county of 850,000 takes some 4 % less CPU for it, one of 49,000 some 9 % (bench/README.md).
 *
 * What counts as a constant: a top-level `const` in capitals that is a number, or an object of nothing but numbers (`as const` in the
 * sources), by itself or through imports and re-exports. Names that any inner scope of a file binds again are left alone in that file.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vite'

const CONSTANT_NAME = /^[A-Z][A-Z0-9_]*$/u

const BINARY = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '**': (a, b) => a ** b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
  '>>>': (a, b) => a >>> b,
  '|': (a, b) => a | b,
  '&': (a, b) => a & b,
}
const UNARY = { '-': (a) => -a, '+': (a) => a, '~': (a) => ~a }

/**
 * @param sources by absolute path, the text of a module
 * @returns by path, the text with constants written in; only of modules where there was one
 * @throws where a constant is assigned to, or a part of it
 */
export function inlineConstants(sources) {
  const modules = new Map()
  for (const [path, text] of sources) modules.set(path, readModule(path, text))
  const changed = new Map()
  for (const [path, module] of modules) {
    const edits = editsOf(module, (name) => constantOf(modules, path, name))
    if (edits.length > 0) changed.set(path, edited(module.text, edits))
  }
  return changed
}

function readModule(path, text) {
  const { body } = parseAst(text)
  /** By local name, and by exported name of what is only passed on: where it comes from. */
  const imported = new Map()
  const passedOn = new Map()
  /** By name, the expression that a top-level constant begins with. */
  const initial = new Map()
  for (const statement of body) {
    const from = statement.source?.value
    const file = from?.startsWith('.') ? resolve(dirname(path), from) : undefined
    for (const { type, local, imported: its, exported } of statement.specifiers ?? [])
      if (type === 'ImportSpecifier') imported.set(local.name, { file, name: its.name })
      else if (type === 'ExportSpecifier' && file !== undefined) passedOn.set(exported.name, { file, name: local.name })
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declared?.type !== 'VariableDeclaration' || declared.kind !== 'const') continue
    for (const { id, init } of declared.declarations)
      if (id.type === 'Identifier' && CONSTANT_NAME.test(id.name)) initial.set(id.name, init)
  }
  return { path, text, body, imported, passedOn, initial, values: new Map() }
}

/** A number, an object of numbers, or undefined for what is no constant. */
function constantOf(modules, path, name) {
  const module = modules.get(path)
  if (module === undefined) return undefined
  if (module.values.has(name)) return module.values.get(name)
  module.values.set(name, undefined)
  const from = module.imported.get(name) ?? module.passedOn.get(name)
  const value =
    from === undefined
      ? valueOf(module.initial.get(name), (other) => constantOf(modules, path, other))
      : constantOf(modules, from.file, from.name)
  module.values.set(name, value)
  return value
}

function valueOf(init, constant) {
  if (init?.type !== 'ObjectExpression') return numberOf(init, constant)
  const value = Object.create(null)
  for (const { type, computed, key, value: part } of init.properties) {
    const number = type !== 'Property' || computed || key.type !== 'Identifier' ? undefined : numberOf(part, constant)
    if (number === undefined) return undefined
    value[key.name] = number
  }
  return value
}

function numberOf(node, constant) {
  if (node?.type === 'Literal') return typeof node.value === 'number' ? node.value : undefined
  if (node?.type === 'ParenthesizedExpression') return numberOf(node.expression, constant)
  if (node?.type === 'Identifier') return numberAlone(constant(node.name))
  if (node?.type === 'MemberExpression') return memberOf(node, constant)
  if (node?.type === 'UnaryExpression') {
    const argument = numberOf(node.argument, constant)
    return argument === undefined ? undefined : UNARY[node.operator]?.(argument)
  }
  if (node?.type !== 'BinaryExpression') return undefined
  const left = numberOf(node.left, constant)
  const right = numberOf(node.right, constant)
  return left === undefined || right === undefined ? undefined : BINARY[node.operator]?.(left, right)
}

function memberOf({ computed, object, property }, constant) {
  if (computed || object.type !== 'Identifier') return undefined
  const value = constant(object.name)
  return typeof value === 'object' ? value[property.name] : undefined
}

function numberAlone(value) {
  return typeof value === 'number' ? value : undefined
}

/** @returns [start, end, number] of each use of a constant, in the order of the text */
function editsOf({ path, body }, constantAtTop) {
  const rebound = namesBoundWithin(body)
  const constant = (name) => (CONSTANT_NAME.test(name) && !rebound.has(name) ? constantAtTop(name) : undefined)
  const edits = []
  visit(body, (node, parent, key) => {
    if (node.type === 'ImportDeclaration' || node.type === 'ExportSpecifier') return false
    const number =
      node.type === 'MemberExpression'
        ? memberOf(node, constant)
        : node.type === 'Identifier' && isRead(parent, key)
          ? numberAlone(constant(node.name))
          : undefined
    if (number === undefined) return true
    if ((parent.type === 'AssignmentExpression' && key === 'left') || parent.type === 'UpdateExpression')
      throw new Error(`${path}: a constant is assigned to at ${node.start}`)
    // `{ WORDS }` says a name and a value in one.
    if (parent.type === 'Property' && parent.shorthand) edits.push([node.end, node.end, `: ${number}`])
    else edits.push([node.start, node.end, number < 0 ? `(${number})` : `${number}`])
    return false
  })
  return edits.sort(([a], [b]) => a - b)
}

/** Whether an identifier stands for its value there, not for a name that is declared or a property. */
function isRead(parent, key) {
  if (key === 'property' || key === 'key') return parent.computed === true
  if (parent.type === 'Property' && parent.shorthand) return key === 'value'
  return key !== 'id' && key !== 'label' && key !== 'local'
}

/** Names that parameters, inner declarations and patterns of a file bind: there they may stand for something else. */
function namesBoundWithin(body) {
  const names = new Set()
  const bind = (pattern) => visit([pattern], (node) => (node.type === 'Identifier' && names.add(node.name), true))
  for (const statement of body)
    visit([statement], (node, parent) => {
      const isTop = parent === undefined || parent.type === 'ExportNamedDeclaration'
      for (const pattern of node.params ?? []) bind(pattern)
      if (node.type === 'CatchClause' && node.param !== null) bind(node.param)
      if (node.id?.type === 'Identifier' && node.type !== 'VariableDeclarator' && !isTop) bind(node.id)
      if (node.type === 'VariableDeclaration' && !isTop) for (const { id } of node.declarations) bind(id)
      return true
    })
  return names
}

/** Calls `see(node, parent, key)` for every node, parents first; goes no deeper where it gives false. */
function visit(nodes, see, parent, key) {
  for (const node of nodes) {
    if (node === null || typeof node?.type !== 'string' || !see(node, parent, key)) continue
    for (const [within, value] of Object.entries(node))
      if (typeof value === 'object') visit(Array.isArray(value) ? value : [value], see, node, within)
  }
}

function edited(text, edits) {
  let out = ''
  let at = 0
  for (const [start, end, written] of edits) {
    out += text.slice(at, start) + written
    at = end
  }
  return out + text.slice(at)
}

function modulesIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return modulesIn(path)
    return name.endsWith('.js') ? [path] : []
  })
}

const self = fileURLToPath(import.meta.url)
if (process.argv[1] === self) {
  const paths = modulesIn(join(dirname(dirname(self)), 'dist', 'modules')).sort()
  const changed = inlineConstants(new Map(paths.map((path) => [path, readFileSync(path, 'utf8')])))
  for (const [path, text] of changed) writeFileSync(path, text)
}
