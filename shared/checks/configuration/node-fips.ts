import { nodePoolCheck } from '../../model/check';
import { nodePoolCommand } from '../commands';
import { shown } from '../facts';
import { mustBeOn } from '../switches';

export const nodeFips = nodePoolCheck({
  id: 'node-fips',
  title: 'Nodes run images with validated cryptography (FIPS 140)',
  category: 'nodes',
  severity: 'low',
  checklistItem: 'S2',
  rationale:
    'Rules for public authorities and some industries allow only cryptographic modules that were validated. Where no such rule holds, the images bring nothing.',
  remediation: nodePoolCommand('update', '--enable-fips-image'),
  references: ['https://learn.microsoft.com/azure/aks/enable-fips-nodes'],
  onByDefault: false,

  evaluate: ({ pool: { enableFips } }) =>
    mustBeOn('FIPS 140 of the nodes', enableFips, shown({ enableFIPS: enableFips })),
});
