/**
 * Whether a directory lies on an encrypted volume (静态加密), as far as this machine lets a program see it.
 *
 * In:  a path; what Linux says of mounts and block devices. Out: encrypted and by what; or that nothing encrypts it in
 *      software; or that it cannot be known (another system, a network drive, a container's layers, memory).
 * Known: dm-crypt under the file system, LVM and RAID between them included (LUKS), fscrypt, eCryptfs, gocryptfs, EncFS,
 * CryFS. A disk that encrypts itself looks like one that does not. Nothing is encrypted here, and no path is told.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

export interface VolumeEncryption {
  readonly state: 'encrypted' | 'plain' | 'unknown'
  /** dm-crypt, fscrypt …; the file system where nothing else is known. */
  readonly by: string
}

/** What is asked of the system; a test answers in its place. */
export interface SystemView {
  /** /proc/self/mountinfo; undefined on other systems. */
  readonly mounts: () => string | undefined
  /** Major and minor number of a block device file, such as 253:0. */
  readonly deviceOf: (file: string) => string | undefined
  /** /sys/dev/block/M:m/dm/uuid; '' for other devices than the device mapper's; undefined where there is no such device. */
  readonly mapperUuid: (device: string) => string | undefined
  /** Devices under a device, as M:m. */
  readonly under: (device: string) => readonly string[]
  /** Whether the directory has an encryption policy of its file system; undefined where nobody can say. */
  readonly hasPolicy: (path: string) => boolean | undefined
}

/** File systems that encrypt what lies in them. */
const ENCRYPTING: ReadonlySet<string> = new Set(['ecryptfs', 'fuse.gocryptfs', 'fuse.encfs', 'fuse.cryfs'])
/** File systems of one's own disks: what the device under them does is all there is. */
const LOCAL: ReadonlySet<string> = new Set(['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'f2fs', 'vfat', 'exfat', 'jfs'])

/** @param path what is to be written there; its nearest folder that exists is looked at */
export function volumeEncryption(path: string, system: SystemView = LINUX): VolumeEncryption {
  const mounts = system.mounts()
  if (mounts === undefined) return { state: 'unknown', by: process.platform }
  const place = existingPlace(path)
  const mount = mountOf(place, mounts)
  if (mount === undefined) return { state: 'unknown', by: '' }
  const { kind } = mount
  if (ENCRYPTING.has(kind)) return { state: 'encrypted', by: kind.replace('fuse.', '') }
  if (system.hasPolicy(place) === true) return { state: 'encrypted', by: 'fscrypt' }
  // Btrfs shows a number that is no device's: the device file it was mounted from tells.
  const device = system.mapperUuid(mount.device) === undefined ? system.deviceOf(mount.source) : mount.device
  if (device === undefined || system.mapperUuid(device) === undefined) return { state: 'unknown', by: kind }
  if (isEncryptedBelow(device, system)) return { state: 'encrypted', by: 'dm-crypt' }
  return { state: LOCAL.has(kind) ? 'plain' : 'unknown', by: kind }
}

/** Several directories are as safe as the worst of them. */
export function worstOf(volumes: readonly VolumeEncryption[]): VolumeEncryption {
  const order = ['plain', 'unknown', 'encrypted']
  return volumes.reduce((worst, one) => (order.indexOf(one.state) < order.indexOf(worst.state) ? one : worst))
}

interface Mount {
  readonly device: string
  readonly kind: string
  readonly source: string
}

/** The mount with the longest mount point above the place; of equal ones the last hides the others. */
function mountOf(place: string, mounts: string): Mount | undefined {
  let best: Mount | undefined
  let longest = -1
  for (const line of mounts.split('\n')) {
    const [before, after] = line.split(' - ')
    if (after === undefined) continue
    const [, , device, , escaped] = before.split(' ')
    const [kind, source] = after.split(' ')
    const point = unescape(escaped)
    const isAbove = point === '/' || place === point || place.startsWith(`${point}/`)
    if (!isAbove || point.length < longest) continue
    longest = point.length
    best = { device, kind, source: unescape(source) }
  }
  return best
}

/** Spaces and the like stand in octal there. */
function unescape(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}

/** Encrypted itself, or all of the devices that it lies on are. */
function isEncryptedBelow(device: string, system: SystemView, depth = 0): boolean {
  if (system.mapperUuid(device)?.startsWith('CRYPT-') === true) return true
  const below = depth > 8 ? [] : system.under(device)
  return below.length > 0 && below.every((one) => isEncryptedBelow(one, system, depth + 1))
}

/** The directory, or the nearest above it that is there already. */
function existingPlace(path: string): string {
  let place = resolve(path)
  while (!existsSync(place) && place !== dirname(place)) place = dirname(place)
  return existsSync(place) ? realpathSync(place) : place
}

const LINUX: SystemView = {
  mounts: () => read('/proc/self/mountinfo'),
  deviceOf: (file) => {
    if (!file.startsWith('/dev/') || !existsSync(file)) return undefined
    const { rdev } = statSync(file)
    // As glibc's major() and minor() for devices of less than 2^20 minors.
    return `${(rdev >> 8) & 0xfff}:${(rdev & 0xff) | ((rdev >> 12) & 0xfff00)}`
  },
  mapperUuid: (device) => {
    const folder = `/sys/dev/block/${device}`
    return existsSync(folder) ? (read(`${folder}/dm/uuid`) ?? '').trim() : undefined
  },
  under: (device) => {
    const folder = `/sys/dev/block/${device}/slaves`
    if (!existsSync(folder)) return []
    return readdirSync(folder).flatMap((name) => read(`${folder}/${name}/dev`)?.trim() ?? [])
  },
  hasPolicy: (path) => {
    // Node cannot ask the file system itself; lsattr shows E for an encrypted directory.
    const { status, stdout } = spawnSync('lsattr', ['-d', path], { encoding: 'utf8', timeout: 2000 })
    return status === 0 ? /^\S*E/.test(stdout) : undefined
  },
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
