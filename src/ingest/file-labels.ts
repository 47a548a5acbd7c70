/**
 * What tells the rows of one file from those of another where rows have no ids of their own: a township's row 2 is not
 * the next township's.
 *
 * In: files with register and path. Out: for each the shortest end of its path that no other file of its register has;
 * '' where the register has one file, whose row numbers suffice.
 */
interface RegisterFile {
  readonly register: string
  readonly path: string
}

export function fileLabels(files: readonly RegisterFile[]): string[] {
  return files.map((file) => {
    const others = files.filter((other) => other !== file && other.register === file.register)
    if (others.length === 0) return ''
    const parts = file.path.split(/[\\/]/)
    for (let length = 1; length < parts.length; length++) {
      const end = parts.slice(-length).join('/')
      if (!others.some(({ path }) => `/${path.replaceAll('\\', '/')}`.endsWith(`/${end}`))) return asId(end)
    }
    return asId(parts.join('/'))
  })
}

/** Without the signs that part record keys from one another. */
function asId(label: string): string {
  return label.replace(/[:;\s]/g, '_')
}
