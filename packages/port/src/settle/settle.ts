import type { Api } from '../api/api.js';
import type { PortedFile } from '../types.js';

export async function settleTypes(
  files: PortedFile[],
  _api: Api,
  _resolveFrom: string | undefined,
): Promise<PortedFile[]> {
  return files;
}
