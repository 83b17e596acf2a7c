// Long runs, made by the page's own random traffic; and their figures as they stand in tables.

/** How many steps the run on a page has. */
export const count = (page) => page.locator(".track input").evaluate((slider) => Number(slider.max));

/** Goes on at random until the run is so long; two snapshots begin on the way. */
export async function grow(page, length) {
  const tab = (at) => page.getByRole("tab").nth(at).click();
  await tab(1);
  let snapshots = 0;
  while ((await count(page)) < length) {
    await page.locator(".traffic button").last().click();
    if (snapshots < 2 && (await count(page)) > (length * (snapshots + 1)) / 3) {
      snapshots++;
      await page.keyboard.press("s");
    }
  }
  await tab(0);
}

export const round = (value) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
