namespace Tazan.Fleets.Tests;

/// <summary>The smallest fleet that shows a bit of everything a mistake can be made in.</summary>
internal static class Some
{
    public const string Fleet = """
        name: some
        accounts:
          - name: one
            id: "111122223333"
        regions:
          - name: tokyo
            account: one
            region: ap-northeast-1
            zones: [a, c]
        images:
          - name: base
            root-gib: 8
        services:
          - name: web
            count: 2
            type: m7i.large
            zones: [a]
            opens:
              - { port: 80, from: anywhere }
            volumes:
              - { device: /dev/sdf, gib: 10, snapshots: daily }
            metrics:
              - { name: CPUUtilization, low: 1, high: 2 }
        events:
          - { code: system-reboot, services: web, starts: 5d }

        """;
}
