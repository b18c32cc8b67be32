import type { Sheet } from '../brush.js';
import { box } from '../colours.js';
import * as land from '../figures/scenery.js';
import { cloudChild } from '../figures/creatures.js';
import { bread, dragon } from '../figures/dragon.js';
import { child } from '../figures/things.js';
import { title, type Picture } from '../picture.js';

// Sheets of 600 by 600.

export const breadCover: Picture = (sheet) => {
  land.wash(sheet, -40, 420, '#f6d9a8', 12);
  for (let x = -20; x < 640; x += 66)
    sheet.poly(
      [
        [x, 420],
        [x + 62, 420],
        [x + 58, 476],
        [x - 4, 476],
      ],
      { fill: x % 4 === 0 ? box.coral : box.cream, line: null },
    );
  land.wash(sheet, 470, 620, '#c98f5e', 2);
  oven(sheet);
  dragon(sheet.at(226, 330, 1.25), box.green, true);
  sheet.poly('40,500 560,500 590,548 20,548', { fill: box.brown });
  bread(sheet.at(176, 480, 0.9));
  bread(sheet.at(330, 486, 0.75));
  bread(sheet.at(470, 488, 0.62));
  title(sheet, 'Fresh Bread!', 36, 7.4, [box.red, box.orange, box.pine, box.violet]);
};

function oven(sheet: Sheet): void {
  sheet.blob('390,430 392,260 430,190 490,170 548,192 586,262 588,430', { fill: '#c4705a' });
  sheet.blob('432,420 434,320 490,268 546,320 548,420', { fill: '#4a302c' });
  sheet.blob('448,418 452,370 468,386 488,320 504,372 526,350 534,418', { fill: box.orange, line: box.red });
  sheet.blob('470,418 478,386 492,362 504,392 514,418', { fill: box.yellow, line: null });
}

export const heightsCover: Picture = (sheet) => {
  land.wash(sheet, -40, 500, '#a9d8ee', 6);
  land.sun(sheet.at(92, 200, 0.72));
  land.hill(sheet, 470, 34, '#9bc46a');
  land.tree(sheet.at(480, 420, 1.1), box.pine);
  land.tree(sheet.at(556, 440, 0.8), box.green);
  cloudChild(sheet.at(290, 330, 1.5), false);
  sheet.curve('330,400 336,440 328,470 340,500', { line: box.red, width: 5 });
  child(sheet.at(376, 500, 0.82), box.red, box.bark, '#c98f5e');
  for (const [x, y, petal] of [
    [60, 520, box.rose],
    [130, 545, box.yellow],
    [210, 530, box.lilac],
    [540, 540, box.coral],
  ] as const)
    land.flower(sheet.at(x, y, 0.66), petal);
  land.grass(sheet, 0, 600, 592);
  title(sheet, 'Afraid of Heights', 34, 5.9, [box.blue, box.navy, box.violet]);
};
