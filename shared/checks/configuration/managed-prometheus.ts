import { clusterCheck } from '../../model/check';
import { update } from '../commands';
import { shown } from '../facts';
import { mustBeOn } from '../switches';

export const managedPrometheus = clusterCheck({
  id: 'managed-prometheus',
  title: 'Managed Prometheus collects the metrics of the cluster',
  category: 'observability',
  severity: 'low',
  checklistItem: null,
  rationale:
    'Metrics show a crypto miner, a leak or a node that is about to fail before anybody complains. The managed service keeps them outside the cluster, where its failure does not take them along.',
  remediation: update('--enable-azure-monitor-metrics'),
  references: ['https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable'],

  evaluate({ cluster }) {
    const enabled = cluster.azureMonitorProfile?.metrics?.enabled;
    return mustBeOn('Managed Prometheus', enabled, shown({ enabled }));
  },
});
