import { z } from 'zod';
import { idSchema } from '../domain/id-schema.ts';
import { accessCodeId, deviceId } from '../domain/ids.ts';
import type { AccessCode } from './port.ts';
import { optionalList, optionalText } from './readable.ts';

/** Reads an access code as Seam shows it. */
export const accessCodeSchema: z.ZodType<AccessCode> = z
  .object({
    access_code_id: idSchema(accessCodeId),
    device_id: idSchema(deviceId),
    name: optionalText,
    code: z
      .string()
      .regex(/^\d{1,20}$/)
      .nullable()
      .catch(null),
    status: z.enum(['setting', 'set', 'unset', 'removing', 'unknown']).catch('unknown'),
    errors: optionalList(z.object({ error_code: z.string() })),
    warnings: optionalList(z.object({ warning_code: z.string() })),
  })
  .transform((code) => ({
    id: code.access_code_id,
    deviceId: code.device_id,
    name: code.name,
    pin: code.code,
    status: code.status,
    errors: code.errors.map((error) => error.error_code),
    warnings: code.warnings.map((warning) => warning.warning_code),
  }));
