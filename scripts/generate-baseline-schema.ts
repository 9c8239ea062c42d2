import { z } from 'zod';

import { baselineSchema } from '../shared/config/baseline-schema';
import { CHECKLIST } from '../shared/model/check';
import { manualRequirements, type Sources } from './sources';

/** What editors are told of a baseline file: the schema by which it is read. */
export function generateBaselineSchema({ checks, frameworks }: Sources): Map<string, string> {
  const attestable = [...Object.keys(CHECKLIST), ...Object.keys(manualRequirements(frameworks))];
  const schema = z.toJSONSchema(baselineSchema(checks, attestable), { io: 'input', reused: 'ref' });
  const titled = { ...schema, title: 'Baseline file of AKS Drift Monitor' };
  return new Map([['docs/baseline.schema.json', JSON.stringify(titled)]]);
}
