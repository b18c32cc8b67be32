import { Link } from 'wouter';
import { Empty } from '../parts/status.js';

export function NowherePage() {
  return (
    <Empty title="There is no such page">
      <p>
        The address may have been cut short. Start again from <Link href="/">the stories</Link>.
      </p>
    </Empty>
  );
}
