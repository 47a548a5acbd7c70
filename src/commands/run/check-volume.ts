/**
 * Says where a command is about to keep people's data, and refuses where encryption is required and is not there.
 *
 * In:  the directories, whether `--require-encrypted` was given. Out: what is known of the volume; words for the terminal
 *      in both languages; error E411 instead of a start.
 */
import { BiduiError, EXIT } from '../../errors.ts'
import { type SystemView, type VolumeEncryption, volumeEncryption, worstOf } from '../../store/volume-encryption.ts'

export function checkVolume(
  directories: readonly string[],
  { isRequired }: { readonly isRequired: boolean },
  system?: SystemView,
): { readonly volume: VolumeEncryption; readonly said: string } {
  const volume = worstOf(directories.map((directory) => volumeEncryption(directory, system)))
  if (isRequired && volume.state !== 'encrypted')
    throw new BiduiError(
      'E411',
      EXIT.config,
      volume.state === 'plain'
        ? '数据目录不在加密卷上 · the data would not lie on an encrypted volume.'
        : '无法确认数据目录在加密卷上 · it cannot be seen that the data would lie on an encrypted volume.',
      {
        advice:
          '请放到加密卷(如 LUKS)上，或去掉 --require-encrypted · Put it on an encrypted volume, or leave --require-encrypted away.',
      },
    )
  return { volume, said: WORDS[volume.state](volume.by) }
}

const WORDS: Readonly<Record<VolumeEncryption['state'], (by: string) => string>> = {
  encrypted: (by) =>
    `静态加密：数据在加密卷上(${by}) · Encryption at rest: the data lie on an encrypted volume (${by}).\n`,
  plain: (by) =>
    `警告：数据不在加密卷上(${by})，磁盘丢失即泄露 · Warning: the data do not lie on an encrypted volume (${by}); who has the disk can read them.\n`,
  unknown: (by) =>
    `注意：无法确认数据是否在加密卷上(${by}) · Note: it cannot be seen whether the data lie on an encrypted volume (${by}).\n`,
}
