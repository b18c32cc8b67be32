import type { ToggleEvent } from 'react';
import { useSearchParams } from 'wouter';

/** For a `details`: whether it is open stands in the address, so that whoever gets that sees the same. */
export function useOpen(id: string) {
  const [params, setParams] = useSearchParams();
  const open = params.getAll('open').includes(id);
  const onToggle = ({ currentTarget }: ToggleEvent<HTMLDetailsElement>) => {
    if (currentTarget.open === open) return;
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (open) next.delete('open', id);
        else next.append('open', id);
        return next;
      },
      { replace: true },
    );
  };
  return { open, onToggle };
}
