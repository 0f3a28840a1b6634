import type { Seam } from 'seam';
import { z } from 'zod';
import { idSchema } from '../domain/id-schema.ts';
import { type AccessCodeId, accessCodeId, deviceId } from '../domain/ids.ts';
import type { Log } from '../log.ts';
import type { Asker } from './asked.ts';
import type { SeamPort } from './port.ts';
import { optionalText, readList } from './readable.ts';

/** Of a code only what it is called, and on which lock: its PIN is not even read. */
const codeSchema = z.object({
  access_code_id: idSchema(accessCodeId),
  device_id: idSchema(deviceId),
  name: optionalText,
});

/** The part of the port that names codes. */
export function codeNameCalls(
  seam: Seam,
  { asked, unlessGone }: Asker,
  log: Log,
): Pick<SeamPort, 'codeNames'> {
  const read = (listed: unknown) => readList('access code', codeSchema, listed, log);
  return {
    async codeNames(typed) {
      // An empty list in the filter would be dropped, and everybody's codes listed.
      if (typed.length === 0) return new Map();
      const ids = [...new Set(typed.map(({ codeId }) => codeId))];
      const seams = await asked('access_codes/list', async () =>
        read(await seam.accessCodes.list({ access_code_ids: ids })),
      );
      const listed = [...seams];
      const others = typed.filter(({ codeId }) => !seams.some((code) => code.access_code_id === codeId));
      for (const door of new Set(others.map((code) => code.deviceId))) {
        const own = await unlessGone('device', 'access_codes/unmanaged/list', async () =>
          read(await seam.accessCodes.unmanaged.list({ device_id: door })),
        );
        listed.push(...(own ?? []));
      }
      const names = new Map<AccessCodeId, string>();
      for (const { access_code_id: id, device_id: door, name } of listed) {
        const isTyped = typed.some(({ codeId, deviceId: on }) => codeId === id && on === door);
        if (isTyped && name !== null) names.set(id, name);
      }
      return names;
    },
  };
}
