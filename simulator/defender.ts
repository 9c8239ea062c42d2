import type { ArmBody } from './world';

/** Assessment keys and titles of Defender for Cloud that look at an AKS cluster. */
const ASSESSMENTS = {
  '56a83a6e-c417-42ec-b567-1e6fcb3d09a9': 'Azure Kubernetes Service clusters should have Defender profile enabled',
  '08e628db-e2ed-4793-bc91-d13e684401c3':
    'Azure Kubernetes Service clusters should have the Azure Policy add-on installed',
  '1a2b5b4c-f80d-46e7-ac81-b51a9fb363de': 'Authorized IP ranges should be defined on Kubernetes Services',
  'b0fdc63a-38e7-4bab-a7c4-2c2665abbaa9': 'Role-Based Access Control should be used on Kubernetes Services',
};

const EXTENSIONS = [
  'ContainerRegistriesVulnerabilityAssessments',
  'AgentlessDiscoveryForKubernetes',
  'AgentlessVmScanning',
  'ContainerSensor',
];

/** The Defender for Containers plan of a subscription. */
export function containersPlan(subscriptionId: string, tier: 'Free' | 'Standard', enabledAt: Date): ArmBody {
  const standard = {
    enablementTime: enabledAt.toISOString(),
    enforce: 'False',
    resourcesCoverageStatus: 'FullyCovered',
    extensions: EXTENSIONS.map((name) => ({ name, isEnabled: 'True', operationStatus: { code: 'Succeeded' } })),
  };
  return {
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.Security/pricings/Containers`,
    name: 'Containers',
    type: 'Microsoft.Security/pricings',
    properties: { pricingTier: tier, freeTrialRemainingTime: 'PT0S', ...(tier === 'Standard' && standard) },
  };
}

/** The assessments of one cluster, all healthy. */
export function healthyAssessments(clusterId: string, evaluatedAt: Date): ArmBody[] {
  return Object.entries(ASSESSMENTS).map(([name, displayName]) => ({
    id: `${clusterId}/providers/Microsoft.Security/assessments/${name}`,
    name,
    type: 'Microsoft.Security/assessments',
    properties: {
      displayName,
      resourceDetails: { Source: 'Azure', Id: clusterId, ResourceType: 'managedclusters' },
      status: {
        code: 'Healthy',
        firstEvaluationDate: evaluatedAt.toISOString(),
        statusChangeDate: evaluatedAt.toISOString(),
      },
      metadata: { displayName, assessmentType: 'BuiltIn' },
    },
  }));
}
