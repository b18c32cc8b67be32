import { Link } from 'wouter';
import type { RunLineFragment } from '../api/operations.js';
import { AndMore, nodesOf, runHref } from './cards.js';
import { Time } from './marks.js';
import { count, duration, statusWord, workflowWords } from './words.js';

type Step = RunLineFragment['stepsConnection']['edges'][number]['node'];

/** A run's steps, one row each, with bars to scale where their times are known. */
export function RunTimeline({ run, current = false }: { run: RunLineFragment; current?: boolean }) {
  return (
    <div className="run">
      <p className="run-head row">
        <Link href={runHref(run.id)}>{workflowWords[run.workflowType]}</Link>
        <span className={`status status-${run.status.toLowerCase()}`}>{statusWord(run.status)}</span>
        {current && <span className="tag">current</span>}
        <Time at={run.createdAt} />
        <span className="soft">{count(run.stepsConnection.totalCount, 'step')}</span>
      </p>
      <StepBars steps={nodesOf(run.stepsConnection)} />
      <AndMore hidden={run.stepsConnection.totalCount - run.stepsConnection.edges.length} />
    </div>
  );
}

function StepBars({ steps }: { steps: Step[] }) {
  const times = steps.flatMap(timesOf);
  const from = Math.min(...times);
  const whole = Math.max(...times) - from;
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li key={step.id}>
          <span>
            {step.name.replaceAll('_', ' ')}
            {step.model !== null && <span className="soft"> {step.model}</span>}
          </span>
          <span className="step-line">{whole > 0 && <Bar step={step} from={from} whole={whole} />}</span>
          <span className={`status status-${step.status.toLowerCase()}`}>
            {step.status === 'COMPLETED' ? (tookOf(step) ?? 'completed') : statusWord(step.status)}
          </span>
          {step.error !== null && <p className="step-error">{step.error}</p>}
        </li>
      ))}
    </ol>
  );
}

function Bar({ step, from, whole }: { step: Step; from: number; whole: number }) {
  const [began, ended] = timesOf(step);
  if (began === undefined || ended === undefined) return null;
  const left = ((began - from) / whole) * 100;
  const width = Math.max(0.6, ((ended - began) / whole) * 100);
  return (
    <span
      className={`bar bar-${step.status.toLowerCase()}`}
      style={{ left: `${Math.min(left, 99.4)}%`, width: `${width}%` }}
    />
  );
}

/** When it began and when it ended, in milliseconds, as far as that is known. */
const timesOf = ({ startedAt, completedAt }: Step) =>
  [startedAt, completedAt].flatMap((time) => (time === null ? [] : [Date.parse(time)]));

function tookOf(step: Step): string | null {
  const [began, ended] = timesOf(step);
  return began === undefined || ended === undefined ? null : duration((ended - began) / 1000);
}
