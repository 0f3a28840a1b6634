/** A character that can be seen: no space, no mark of control, nothing that needs another to stand on. */
const VISIBLE = /[[\p{L}\p{N}\p{P}\p{S}]--\p{Default_Ignorable_Code_Point}]/v;

/** Whether anything of a text can be seen. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}

/** The first of these of which anything can be seen: vendors send names that are absent, empty or invisible. */
export function firstVisible(names: readonly (string | null | undefined)[], otherwise: string): string {
  return names.find((name): name is string => name != null && isVisible(name)) ?? otherwise;
}
