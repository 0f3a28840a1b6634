import type { Seam } from 'seam';
import { z } from 'zod';
import { idSchema } from '../domain/id-schema.ts';
import { accessCodeId } from '../domain/ids.ts';
import type { Log } from '../log.ts';
import type { Asker } from './asked.ts';
import type { SeamPort } from './port.ts';
import { optionalText, readList } from './readable.ts';

/** Of a code only what it is called: its PIN is not even read. */
const codeSchema = z.object({ access_code_id: idSchema(accessCodeId), name: optionalText });

/** The part of the port that names codes. */
export function codeNameCalls(seam: Seam, { asked }: Asker, log: Log): Pick<SeamPort, 'codeNames'> {
  return {
    async codeNames(ids) {
      // An empty list in the filter would be dropped, and everybody's codes listed.
      if (ids.length === 0) return new Map();
      const known = await asked('access_codes/list', async () =>
        readList('access code', codeSchema, await seam.accessCodes.list({ access_code_ids: [...ids] }), log),
      );
      return new Map(
        known.flatMap(({ access_code_id: id, name }) =>
          name === null || !ids.includes(id) ? [] : [[id, name] as const],
        ),
      );
    },
  };
}
