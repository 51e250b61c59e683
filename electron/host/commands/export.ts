import { HostError } from '../host-error.ts'

export async function exportData(_options: Record<string, unknown>): Promise<void> {
  throw new HostError('This command is not there yet.')
}
