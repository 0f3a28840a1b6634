import type { Seam } from 'seam';
import type { Log } from '../log.ts';
import type { Asker } from './asked.ts';
import { accessCodeSchema } from './code.ts';
import type { SeamPort } from './port.ts';
import { about, iso, readList } from './readable.ts';

type CodeCalls = Pick<SeamPort, 'createCode' | 'code' | 'codes' | 'codesOf' | 'deleteCode'>;

/** The part of the port that is about codes on locks. */
export function codeCalls(seam: Seam, { asked, unlessGone }: Asker, log: Log): CodeCalls {
  return {
    createCode: ({ deviceId, name, startsAt, endsAt, digits, offline }) =>
      asked('access_codes/create', async () => {
        const created = await seam.accessCodes.create({
          device_id: deviceId,
          name,
          ...(startsAt === null ? {} : { starts_at: iso(startsAt) }),
          ends_at: iso(endsAt),
          ...(digits === null ? {} : { preferred_code_length: digits }),
          ...(offline === null
            ? {}
            : { is_offline_access_code: true, max_time_rounding: offline.daily ? '1day' : '1hour' }),
        });
        const code = accessCodeSchema.parse(created);
        about(deviceId, { id: code.deviceId });
        return code;
      }),

    code: (id) =>
      unlessGone('access_code', 'access_codes/get', async () =>
        about(id, accessCodeSchema.parse(await seam.accessCodes.get({ access_code_id: id }))),
      ),

    async codes(ids) {
      // An empty list in the filter would be dropped, and everybody's codes listed.
      if (ids.length === 0) return [];
      const known = await asked('access_codes/list', async () =>
        readList(
          'access code',
          accessCodeSchema,
          await seam.accessCodes.list({ access_code_ids: [...ids] }),
          log,
        ),
      );
      return known.filter(({ id }) => ids.includes(id));
    },

    async codesOf(deviceId) {
      const known = await asked('access_codes/list', async () =>
        readList('access code', accessCodeSchema, await seam.accessCodes.list({ device_id: deviceId }), log),
      );
      return known.filter((code) => code.deviceId === deviceId);
    },

    async deleteCode(id) {
      await unlessGone('access_code', 'access_codes/delete', () =>
        seam.accessCodes.delete({ access_code_id: id }),
      );
    },
  };
}
