import { box } from '../colours.js';
import * as land from '../figures/scenery.js';
import { owl, rabbit } from '../figures/creatures.js';
import { lightningDog } from '../figures/dog.js';
import { bread } from '../figures/dragon.js';
import { leaf, moonBoat, notes, sail } from '../figures/things.js';
import { write } from '../letters.js';
import { title, type Picture } from '../picture.js';

// Sheets of 600 by 600.

export const moonBoatCover: Picture = (sheet) => {
  land.wash(sheet, -40, 470, box.night, -8);
  land.stars(sheet, [
    [70, 190, 0.8],
    [190, 150, 0.5],
    [520, 200, 0.9],
    [440, 130, 0.5],
    [548, 380, 0.6],
    [50, 390, 0.7],
    [300, 180, 0.45],
  ]);
  land.waves(sheet, 462, 600, box.blue);
  sail(sheet.at(222, 370, 1.15), box.coral);
  lightningDog(sheet.at(335, 372, 1.05), false);
  moonBoat(sheet.at(310, 415, 1.25));
  sheet.curve('60,520 110,506 160,520 210,506 260,520', { line: box.sky });
  sheet.curve('330,556 380,542 430,556 480,542 530,556', { line: box.sky });
  title(sheet, 'Lightning Dog', 42, 7, [box.yellow, box.lemon, box.orange]);
};

export const bakeryCover: Picture = (sheet) => {
  land.wash(sheet, -40, 620, '#39406f', -12);
  land.stars(sheet, [
    [60, 90, 0.6],
    [540, 80, 0.8],
    [480, 210, 0.5],
    [80, 250, 0.5],
    [560, 320, 0.5],
    [200, 60, 0.4],
  ]);
  sheet.oval(300, 700, 520, 320, { fill: box.lemon, line: box.orange });
  for (const [x, y, rx] of [
    [90, 520, 36],
    [520, 500, 44],
    [560, 570, 26],
    [40, 590, 30],
  ] as const)
    sheet.oval(x, y, rx, rx * 0.5, { fill: '#e8c65c', line: box.orange, width: 3 });
  land.house(sheet.at(300, 290, 2.1), box.peach, box.coral);
  sheet.poly('150,296 450,296 462,340 138,340', { fill: box.white });
  for (let x = 146; x < 450; x += 62)
    sheet.poly(
      [
        [x, 298],
        [x + 30, 298],
        [x + 31, 338],
        [x - 2, 338],
      ],
      { fill: box.red, line: null },
    );
  sheet.poly('226,200 374,200 380,276 220,276', { fill: box.cream });
  write(sheet.at(242, 212), '面', 8.4, [box.red]);
  write(sheet.at(312, 212), '包', 8.4, [box.red]);
  rabbit(sheet.at(176, 452, 0.95));
  rabbit(sheet.at(438, 470, 0.72), box.pink, box.teal);
  bread(sheet.at(300, 520, 0.8));
};

export const owlCover: Picture = (sheet) => {
  land.wash(sheet, -40, 200, box.rose, 5);
  land.wash(sheet, 130, 300, box.peach, 5);
  land.wash(sheet, 270, 500, box.lemon, 5);
  land.sun(sheet.at(440, 384, 1.1));
  land.hill(sheet, 470, 20, box.pine);
  sheet.blob('-30,420 140,400 330,412 420,396 430,418 330,440 140,434 -30,466', { fill: box.bark });
  owl(sheet.at(190, 296, 1.12), box.brown);
  owl(sheet.at(330, 352, 0.62), box.violet, false);
  leaf(sheet.at(412, 430, 0.6, { turn: 160 }), box.green);
  leaf(sheet.at(60, 470, 0.7, { turn: 200 }), box.lime);
  notes(sheet, [
    [300, 210],
    [352, 170],
    [400, 226],
  ]);
  title(sheet, 'Good Morning Owl', 32, 5.7, [box.night, box.violet, box.red]);
};
