import type { Page } from 'playwright-core';

/** Roles that a person uses, or that stand for a place, and so need a name. */
const NAMED =
  /^\s*- (button|link|combobox|textbox|searchbox|checkbox|radio|menuitem|menuitemradio|option|img|menu|listbox|dialog|group|radiogroup|spinbutton|complementary|navigation|log)(?![\w-])(.*)$/;

/** What a screen reader would meet without a name: the lines of the page's accessibility tree. */
export async function nameless(page: Page): Promise<string[]> {
  const tree = await page.locator('body').ariaSnapshot();
  return tree.split('\n').filter((line) => {
    const rest = NAMED.exec(line)?.[2];
    return rest !== undefined && !/^ "[^"]+"/.test(rest) && !/^ \/.+\//.test(rest);
  });
}

/** Images without so much as an empty alt. */
export function withoutAlt(page: Page): Promise<number> {
  return page.locator('img:not([alt])').count();
}

/** How many pixels of the page lie to the right of the window, in it or in any part that scrolls by itself. */
export function overhang(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, .scroller, .house, .dialog-body')]
      .filter(
        (part) => part.scrollWidth > part.clientWidth && getComputedStyle(part).visibility === 'visible',
      )
      .map((part) => `${part.tagName} ${part.className}: ${part.scrollWidth} in ${part.clientWidth}`),
  );
}

/** A text that is hard to read: how it stands out from what is behind it, 1 to 21. */
interface Faint {
  text: string;
  ratio: number;
}

/**
 * Every visible text with less contrast than WCAG AA asks for: 4.5, or 3 where it is large. A text over a picture
 * or a gradient is not judged, nor one that cannot be used right now.
 */
export function faintTexts(page: Page): Promise<{ judged: number; faint: Faint[] }> {
  return page.evaluate(() => {
    type Colour = [red: number, green: number, blue: number, alpha: number];
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (canvas === null) throw new Error('no canvas');
    const known = new Map<string, Colour>();
    const read = (css: string): Colour => {
      const before = known.get(css);
      if (before !== undefined) return before;
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
      const colour: Colour = [red, green, blue, alpha / 255];
      known.set(css, colour);
      return colour;
    };
    const over = ([r, g, b, a]: Colour, [r2, g2, b2]: Colour): Colour => [
      r * a + r2 * (1 - a),
      g * a + g2 * (1 - a),
      b * a + b2 * (1 - a),
      1,
    ];
    const background = (element: Element): Colour | null => {
      const layers: Colour[] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.backgroundImage !== 'none') return null;
        const colour = read(style.backgroundColor);
        if (colour[3] > 0) layers.push(colour);
        if (colour[3] === 1) break;
      }
      return layers.reduceRight<Colour>((below, layer) => over(layer, below), [255, 255, 255, 1]);
    };
    const light = (part: number) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    const luminance = ([r, g, b]: Colour) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
    const ratio = (one: number, other: number) =>
      (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

    const result: { judged: number; faint: Faint[] } = { judged: 0, faint: [] };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.nodeValue?.trim() ?? '';
      if (element === null || !/[\p{L}\p{N}]/u.test(text)) continue;
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (element.closest('.unseen, [inert], :disabled, noscript') !== null) continue;
      const behind = background(element);
      if (behind === null) continue;
      const style = getComputedStyle(element);
      const size = Number.parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const contrast = ratio(luminance(over(read(style.color), behind)), luminance(behind));
      result.judged += 1;
      if (contrast < (large ? 3 : 4.5)) result.faint.push({ text, ratio: Math.round(contrast * 100) / 100 });
    }
    return result;
  });
}
