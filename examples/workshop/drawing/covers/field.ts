import type { Sheet } from '../brush.js';
import { box } from '../colours.js';
import * as land from '../figures/scenery.js';
import { duck, snail } from '../figures/creatures.js';
import { longNeck, spikyOne } from '../figures/dinosaur.js';
import { bus, child, leaf } from '../figures/things.js';
import { title, type Picture } from '../picture.js';

// Sheets of 600 by 600.

export const dinosaurCover: Picture = (sheet) => {
  land.wash(sheet, -40, 430, '#bfe3ea', 6);
  land.sun(sheet.at(500, 196, 0.82));
  sheet.poly('-20,400 90,190 170,330 240,230 360,420', { fill: box.lilac, line: box.violet });
  land.hill(sheet, 380, 26, box.lime);
  cave(sheet);
  longNeck(sheet.at(396, 398, 1.02, { flip: false }));
  spikyOne(sheet.at(330, 532, 0.86));
  land.flower(sheet.at(540, 500, 0.8), box.rose);
  land.flower(sheet.at(498, 524, 0.62), box.yellow);
  land.grass(sheet, 10, 590, 590);
  title(sheet, 'Dinosaur Cave', 34, 7, [box.pine, box.teal, box.orange, box.red]);
};

function cave(sheet: Sheet): void {
  sheet.blob('-40,560 -30,380 50,300 150,330 214,430 222,560', { fill: box.grey, line: box.slate });
  sheet.blob('30,560 36,450 96,386 156,450 166,560', { fill: box.night });
  for (const [x, y] of [
    [80, 476],
    [116, 476],
  ] as const)
    sheet.oval(x, y, 11, 13, { fill: box.lemon, line: box.orange, width: 3 });
  for (const [x, y] of [
    [80, 478],
    [116, 478],
  ] as const)
    sheet.oval(x, y, 4, 5, { fill: box.ink, line: null });
}

export const ducklingsCover: Picture = (sheet) => {
  land.wash(sheet, -40, 360, box.sky, 8);
  land.cloud(sheet.at(120, 160, 0.7));
  land.cloud(sheet.at(480, 140, 0.55));
  land.tree(sheet.at(60, 250, 0.9), box.green);
  land.house(sheet.at(480, 262, 0.86), box.lilac, box.violet);
  land.tree(sheet.at(560, 262, 0.8), box.lime);
  land.hill(sheet, 330, 6, '#8fc06c');
  sheet.poly('-20,370 620,356 620,520 -20,534', { fill: box.grey, line: box.slate, hatch: 2 });
  for (let x = 300; x < 470; x += 40)
    sheet.poly(
      [
        [x, 364],
        [x + 24, 364],
        [x + 34, 524],
        [x + 8, 524],
      ],
      { fill: box.white, line: null },
    );
  bus(sheet.at(150, 376, 0.98));
  duck(sheet.at(352, 430, 0.72), box.white);
  [
    [420, 458],
    [478, 462],
    [534, 456],
    [582, 464],
  ].forEach(([x, y]) => duck(sheet.at(x ?? 0, y ?? 0, 0.4)));
  land.grass(sheet, 0, 600, 572);
  land.flower(sheet.at(90, 530, 0.62), box.red);
  title(sheet, 'Ducklings First!', 36, 6.2, [box.red, box.orange, box.navy, box.pine]);
};

export const leavesCover: Picture = (sheet) => {
  land.wash(sheet, -40, 470, '#d9ecf2', 4);
  land.hill(sheet, 440, 16, '#d8b45e');
  sheet.poly('196,500 214,300 200,240 226,250 242,210 252,262 286,230 266,300 276,500', { fill: box.brown });
  sheet.blob('96,220 130,140 230,96 330,120 392,200 366,290 260,320 140,300', {
    fill: box.orange,
    line: null,
  });
  const crown: [number, number, string][] = [
    [120, 200, box.red],
    [180, 150, box.orange],
    [250, 130, box.yellow],
    [320, 160, box.orange],
    [356, 220, box.coral],
    [130, 262, box.yellow],
    [330, 280, box.red],
    [190, 220, box.lime],
    [262, 200, box.red],
    [300, 230, box.yellow],
    [228, 170, box.coral],
  ];
  crown.forEach(([x, y, colour], i) => leaf(sheet.at(x, y, 1.35, { turn: i * 47 }), colour));
  const falling: [number, number, string][] = [
    [420, 330, box.orange],
    [484, 210, box.red],
    [540, 300, box.yellow],
    [90, 380, box.coral],
    [400, 470, box.red],
    [330, 540, box.yellow],
    [110, 540, box.orange],
    [540, 548, box.coral],
  ];
  falling.forEach(([x, y, colour], i) => leaf(sheet.at(x, y, 0.8, { turn: 30 + i * 71 }), colour));
  child(sheet.at(468, 430, 1.05), box.yellow, box.bark);
  title(sheet, 'Why Leaves Turn Red', 32, 5.2, [box.red, box.orange, box.brown]);
};

export const snailCover: Picture = (sheet) => {
  land.wash(sheet, -40, 420, '#fbe6c2', 8);
  sheet.curve('-20,330 120,220 300,180 480,220 620,330', { line: box.red, width: 13 });
  sheet.curve('-20,346 120,236 300,196 480,236 620,346', { line: box.yellow, width: 13 });
  sheet.curve('-20,362 120,252 300,212 480,252 620,362', { line: box.teal, width: 13 });
  land.hill(sheet, 380, 22, '#a8cc6d');
  for (let x = -10; x < 620; x += 36)
    sheet.path(
      [
        [x, 494],
        [x + 10, 532],
      ],
      { line: box.bark, width: 7 },
    );
  for (const y of [500, 524])
    sheet.path(
      [
        [-10, y],
        [610, y],
      ],
      { line: box.slate, width: 5 },
    );
  snail(sheet.at(420, 430, 1.15));
  [box.blue, box.orange].forEach((colour, i) => wagon(sheet, 236 - i * 150, colour));
  land.flower(sheet.at(70, 560, 0.5), box.rose);
  land.flower(sheet.at(540, 558, 0.5), box.violet);
  title(sheet, 'Snail Express', 40, 7, [box.pine, box.red, box.orange]);
};

function wagon(sheet: Sheet, x: number, colour: string): void {
  sheet.path(
    [
      [x + 60, 470],
      [x + 96, 470],
    ],
    { line: box.ink, width: 5 },
  );
  sheet.poly(
    [
      [x - 62, 424],
      [x + 62, 424],
      [x + 52, 490],
      [x - 52, 490],
    ],
    { fill: colour },
  );
  for (const dx of [-30, 30]) sheet.oval(x + dx, 494, 18, 18, { fill: box.cream });
  for (const [dx, fur] of [
    [-28, box.grey],
    [16, box.brown],
  ] as const) {
    sheet.oval(x + dx - 14, 384, 9, 11, { fill: fur });
    sheet.oval(x + dx + 14, 384, 9, 11, { fill: fur });
    sheet.oval(x + dx, 404, 22, 21, { fill: fur });
    for (const e of [-7, 7]) sheet.oval(x + dx + e, 400, 3, 4, { fill: box.ink, line: null });
    sheet.oval(x + dx, 411, 5, 4, { fill: box.rose, width: 2 });
  }
}
