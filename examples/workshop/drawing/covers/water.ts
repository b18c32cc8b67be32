import { box } from '../colours.js';
import * as land from '../figures/scenery.js';
import { octopus, umbrella, whale } from '../figures/creatures.js';
import { lightBeam, lighthouse } from '../figures/things.js';
import { title, type Picture } from '../picture.js';

// Sheets of 600 by 600.

export const umbrellasCover: Picture = (sheet) => {
  land.wash(sheet, -40, 520, '#b9d3df', 70);
  land.cloud(sheet.at(130, 158, 0.85), box.grey, box.slate);
  land.cloud(sheet.at(460, 152, 0.95), box.grey, box.slate);
  land.rain(sheet, [
    [60, 190],
    [120, 240],
    [30, 300],
    [180, 196],
    [300, 200],
    [250, 140],
    [352, 160],
    [420, 196],
    [500, 200],
    [560, 250],
    [30, 400],
    [570, 380],
    [476, 250],
    [300, 110],
  ]);
  land.waves(sheet, 500, 600, box.teal);
  const at = [300, 400] as const;
  const tips = octopus(sheet.at(at[0], at[1], 1.12));
  const colours = [box.red, box.orange, box.yellow, box.lime, box.teal, box.blue, box.rose, box.lilac];
  tips.forEach(([x, y], i) =>
    umbrella(sheet.at(at[0] + x * 1.25, at[1] + y * 1.12 - 62, 0.82, { flip: i > 3 }), colours[i] ?? box.red),
  );
  title(sheet, 'Eight Umbrellas', 30, 6, [box.violet, box.rose, box.blue]);
};

export const lighthousesCover: Picture = (sheet) => {
  land.wash(sheet, -40, 400, '#f3b58a', 4);
  land.wash(sheet, 150, 260, '#f7cf94', 4);
  sheet.oval(120, 372, 70, 70, { fill: box.yellow, line: box.orange });
  land.waves(sheet, 386, 600, '#4d8fb5');
  for (const [x, y, scale, stripe] of [
    [266, 256, 0.85, box.red],
    [342, 280, 0.74, box.teal],
    [406, 328, 0.6, box.violet],
  ] as const) {
    lightBeam(sheet.at(x, y, scale, { flip: x < 300 }));
    lighthouse(sheet.at(x, y, scale), stripe);
  }
  whale(sheet.at(290, 420, 1.25), box.navy);
  sheet.curve('20,540 80,526 140,540 200,526', { line: box.sky });
  title(sheet, 'The Lighthouse Whale', 28, 4.9, [box.navy, box.red, box.teal]);
};
