import { fail, nodePoolCheck, notApplicable, pass } from '../../model/check';
import { nodePoolCommand } from '../commands';
import { shown } from '../facts';
import { isWindows } from '../node-image';
import { unknownWord } from '../unknowns';

export const nodeSsh = nodePoolCheck({
  id: 'node-ssh',
  title: 'Nobody logs in to nodes by SSH with a local key',
  category: 'nodes',
  severity: 'medium',
  checklistItem: 'S2',
  rationale:
    'Whoever holds the key of the local user is root on every node, and no log names the person. A leaked key stays valid until somebody replaces it.',
  remediation: nodePoolCommand('update', '--ssh-access disabled'),
  references: ['https://learn.microsoft.com/azure/aks/manage-ssh-node-access'],

  evaluate({ pool }) {
    const { sshAccess } = pool.securityProfile ?? {};
    // Never set is what the service does by itself: it lets in the local user.
    const access = sshAccess ?? 'LocalUser';
    const said = { observed: shown({ sshAccess }), watched: access.toLowerCase() };
    if (isWindows(pool)) {
      return notApplicable('Windows nodes have no such setting.', said);
    }
    switch (access) {
      case 'Disabled':
        return pass('SSH to the nodes is disabled.', said);
      case 'EntraId':
        return pass('SSH to the nodes asks for an identity of Microsoft Entra ID.', said);
      case 'LocalUser':
        return fail('Nodes let in whoever holds the SSH key of their local user.', said);
      default:
        return unknownWord('properties.agentPoolProfiles[].securityProfile.sshAccess', access, said);
    }
  },
});
