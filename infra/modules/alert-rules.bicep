@export()
var alertRules = [
  union(loadJsonContent('../alerts/monitor-silent.json'), {
    name: 'monitor-silent'
    query: loadTextContent('../alerts/monitor-silent.kql')
  })
]
