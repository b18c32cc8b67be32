import { box } from './colours.js';
import { cloudChild } from './figures/creatures.js';
import { lightningDog } from './figures/dog.js';
import * as land from './figures/scenery.js';
import { child, moonBoat, sail } from './figures/things.js';
import type { Picture } from './picture.js';

// Sheets of 600 by 450, without a title: the pictures inside a story.

export const cloudHides: Picture = (sheet) => {
  land.wash(sheet, -40, 360, '#a9d8ee', 6);
  land.cloud(sheet.at(120, 70, 0.5));
  land.cloud(sheet.at(330, 50, 0.42));
  land.cloud(sheet.at(520, 84, 0.5));
  land.hill(sheet, 330, 16, '#9bc46a');
  cloudChild(sheet.at(300, 316, 0.92), false);
  land.tree(sheet.at(430, 268, 1.25), box.pine);
  land.tree(sheet.at(170, 290, 1), box.green);
  land.grass(sheet, 0, 600, 440);
};

export const cloudClimbs: Picture = (sheet) => {
  land.wash(sheet, -40, 440, '#bfe3ea', 6);
  land.sun(sheet.at(90, 96, 0.66));
  sheet.blob('60,470 180,330 320,250 430,240 540,330 640,470', { fill: '#9bc46a', line: box.pine });
  sheet.curve('120,440 210,376 250,330 350,300 400,262', { line: box.sand, width: 15 });
  cloudChild(sheet.at(412, 158, 0.95), false);
  sheet.curve('330,250 350,236 380,204', { line: box.red, width: 5 });
  child(sheet.at(296, 246, 0.62), box.red, box.bark, '#c98f5e');
  land.flower(sheet.at(80, 400, 0.5), box.rose);
  land.flower(sheet.at(500, 386, 0.5), box.yellow);
};

export const cloudRains: Picture = (sheet) => {
  land.wash(sheet, -40, 400, '#9ccbe6', 6);
  for (const [i, line] of [box.red, box.orange, box.yellow, box.lime, box.blue, box.violet].entries()) {
    const y = i * 13;
    sheet.curve(`20,${360 + y} 120,${170 + y} 300,${92 + y} 480,${170 + y} 580,${360 + y}`, {
      line,
      width: 11,
    });
  }
  land.hill(sheet, 380, 10, '#8fc06c');
  cloudChild(sheet.at(300, 130, 1.1), true);
  land.rain(sheet, [
    [220, 200],
    [260, 236],
    [300, 204],
    [340, 240],
    [380, 204],
    [240, 286],
    [320, 292],
    [366, 300],
  ]);
  const petals = [box.rose, box.yellow, box.lilac, box.coral, box.red, box.white];
  petals.forEach((petal, i) => land.flower(sheet.at(60 + i * 98, 372 + (i % 2) * 16, 0.72), petal));
  child(sheet.at(484, 330, 0.7), box.red, box.bark, '#c98f5e');
};

export const dogWakes: Picture = (sheet) => {
  land.wash(sheet, -40, 330, box.night, -8);
  land.stars(sheet, [
    [60, 60, 0.6],
    [250, 40, 0.5],
    [180, 130, 0.4],
    [540, 70, 0.7],
    [330, 110, 0.4],
  ]);
  land.moon(sheet.at(430, 96, 0.8));
  land.hill(sheet, 310, 14, box.pine);
  land.house(sheet.at(140, 268, 1.3), box.coral, box.violet);
  sheet.curve('380,180 372,214 384,250 378,292', { line: box.lemon, width: 5 });
  lightningDog(sheet.at(400, 346, 0.85));
  land.grass(sheet, 0, 600, 440, box.green);
};

export const dogSails: Picture = (sheet) => {
  land.wash(sheet, -40, 470, box.navy, -10);
  land.cloud(sheet.at(90, 380, 0.9), box.lilac, box.violet);
  land.cloud(sheet.at(520, 400, 0.95), box.lilac, box.violet);
  land.cloud(sheet.at(300, 430, 0.8), box.lilac, box.violet);
  land.stars(sheet, [
    [70, 70, 0.9],
    [170, 40, 0.5],
    [520, 60, 0.8],
    [440, 120, 0.5],
    [80, 230, 0.6],
    [556, 220, 0.7],
  ]);
  const boat = sheet.at(290, 250, 0.9, { turn: -9 });
  sail(boat.at(-80, -36, 1.05), box.teal);
  lightningDog(boat.at(30, -36, 0.95), false);
  moonBoat(boat.at(0, 0, 1.15));
  sheet.curve('402,156 480,170 500,260 498,300', { line: box.cream, width: 4 });
  land.star(sheet.at(498, 320, 1), box.yellow);
};

export const dogHome: Picture = (sheet) => {
  land.wash(sheet, -40, 170, box.coral, 5);
  land.wash(sheet, 120, 360, box.lemon, 5);
  land.sun(sheet.at(470, 250, 0.9));
  land.hill(sheet, 310, 18, box.green);
  land.house(sheet.at(120, 262, 1.2), box.coral, box.violet);
  child(sheet.at(240, 300, 0.85), box.teal, box.orange);
  lightningDog(sheet.at(390, 352, 0.8));
  for (const [x, y] of [
    [310, 210],
    [340, 150],
    [282, 140],
    [370, 96],
  ] as const)
    land.star(sheet.at(x, y, 0.5), box.yellow);
  land.grass(sheet, 0, 600, 440);
};
