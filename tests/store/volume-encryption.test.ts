/** Which volumes are seen as encrypted, on systems that a test makes up. */
import { mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkVolume } from '../../src/commands/run/check-volume.ts'
import { type SystemView, volumeEncryption, worstOf } from '../../src/store/volume-encryption.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

interface Device {
  readonly uuid?: string
  readonly under?: readonly string[]
}

function system(
  mounts: readonly string[],
  devices: Readonly<Record<string, Device>> = {},
  more: Partial<SystemView> = {},
): SystemView {
  return {
    mounts: () => `${mounts.join('\n')}\n`,
    deviceOf: () => undefined,
    mapperUuid: (device) => (device in devices ? (devices[device].uuid ?? '') : undefined),
    under: (device) => devices[device]?.under ?? [],
    hasPolicy: () => undefined,
    ...more,
  }
}

const mount = (point: string, device: string, kind: string, source = '/dev/sda1') =>
  `36 35 ${device} / ${point} rw,noatime shared:1 - ${kind} ${source} rw`
const plain = mount('/', '8:1', 'ext4')

test('a LUKS volume is encrypted, an ordinary partition is not', () => {
  const disk = { '8:1': {}, '253:0': { uuid: 'CRYPT-LUKS2-4f0c-data', under: ['8:2'] }, '8:2': {} }
  const mounts = [plain, mount('/tmp', '253:0', 'ext4', '/dev/mapper/data')]
  expect(volumeEncryption('/tmp/run1', system(mounts, disk))).toEqual({ state: 'encrypted', by: 'dm-crypt' })
  expect(volumeEncryption('/usr/run1', system(mounts, disk))).toEqual({ state: 'plain', by: 'ext4' })
  // A mount point is a whole name: /tmp is not above /tmpfile.
  expect(volumeEncryption('/tmpfile', system(mounts, disk)).state).toBe('plain')
})

test('a directory that is not there yet lies where the nearest above it truly lies', () => {
  const home = temporaryFolder('volume')
  mkdirSync(join(home, 'safe'))
  symlinkSync(join(home, 'safe'), join(home, 'runs'))
  const mounts = [plain, mount(realpathSync(join(home, 'safe')), '253:0', 'ext4')]
  const disk = { '8:1': {}, '253:0': { uuid: 'CRYPT-LUKS2-1' } }
  expect(volumeEncryption(join(home, 'runs', '2026', 'run1'), system(mounts, disk)).state).toBe('encrypted')
  expect(volumeEncryption(join(home, 'other', 'run1'), system(mounts, disk)).state).toBe('plain')
})

test('LVM on LUKS is encrypted, LVM that lies half on a plain disk is not', () => {
  const devices = (second: Device) => ({
    '253:1': { uuid: 'LVM-abc', under: ['253:0', '8:3'] },
    '253:0': { uuid: 'CRYPT-LUKS1-1' },
    '8:3': second,
  })
  const mounts = [mount('/', '253:1', 'xfs')]
  expect(volumeEncryption('/x', system(mounts, devices({ uuid: 'CRYPT-PLAIN-2' }))).state).toBe('encrypted')
  expect(volumeEncryption('/x', system(mounts, devices({}))).state).toBe('plain')
})

test('btrfs is looked up by the device it was mounted from', () => {
  const devices = { '253:0': { uuid: 'CRYPT-LUKS2-1' } }
  const mounts = [mount('/', '0:42', 'btrfs', '/dev/mapper/my\\040data')]
  const deviceOf = (file: string) => (file === '/dev/mapper/my data' ? '253:0' : undefined)
  expect(volumeEncryption('/x', system(mounts, devices, { deviceOf }))).toEqual({ state: 'encrypted', by: 'dm-crypt' })
})

test('file systems that encrypt, and directories with a policy, are known', () => {
  const over = [plain, mount('/tmp', '0:60', 'fuse.gocryptfs', '/cipher')]
  expect(volumeEncryption('/tmp/x', system(over))).toEqual({ state: 'encrypted', by: 'gocryptfs' })
  const policy = system([plain], { '8:1': {} }, { hasPolicy: () => true })
  expect(volumeEncryption('/x', policy)).toEqual({ state: 'encrypted', by: 'fscrypt' })
})

test('what cannot be seen is not called safe and not called unsafe', () => {
  for (const [kind, source] of [
    ['overlay', 'overlay'],
    ['nfs4', 'server:/x'],
    ['tmpfs', 'tmpfs'],
    ['zfs', 'pool/data'],
  ])
    expect(volumeEncryption('/x', system([mount('/', '0:31', kind, source)]))).toEqual({ state: 'unknown', by: kind })
  expect(volumeEncryption('/x', { ...system([]), mounts: () => undefined }).state).toBe('unknown')
  const [encrypted, unknown, open] = (['encrypted', 'unknown', 'plain'] as const).map((state) => ({ state, by: '' }))
  expect(worstOf([encrypted, unknown, open])).toBe(open)
  expect(worstOf([encrypted, unknown])).toBe(unknown)
})

test('the command says so in both languages, and starts on no other volume where it was told not to', () => {
  const disk = { '8:1': {} }
  expect(checkVolume(['/x'], { isRequired: false }, system([plain], disk)).said).toMatch(/警告.*Warning/)
  expect(() => checkVolume(['/x'], { isRequired: true }, system([plain], disk))).toThrow(
    /E411.*不在加密卷上.*encrypted volume/,
  )
  expect(() => checkVolume(['/x'], { isRequired: true }, system([mount('/', '0:31', 'overlay', 'overlay')]))).toThrow(
    'E411',
  )
  const luks = system([plain], { '8:1': { uuid: 'CRYPT-LUKS2-1' } })
  expect(checkVolume(['/x'], { isRequired: true }, luks).said).toMatch(/加密卷.*dm-crypt/)
})

test('this machine is looked at without an error', () => {
  expect(['encrypted', 'plain', 'unknown']).toContain(volumeEncryption('.').state)
})
