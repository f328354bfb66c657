using System.Text.RegularExpressions;

namespace Tazan.Lessons;

/// <summary>The text that <c>tazan lesson new NAME</c> begins a lesson with: a whole one, to be written over.</summary>
public static partial class LessonTemplate
{
    /// <summary>A lesson that can be read, tested and checked as it stands.</summary>
    /// <exception cref="UserError">The name is not lower-case words joined by '-'.</exception>
    public static string Text(string name)
    {
        if (!Name().IsMatch(name))
        {
            throw new UserError("TZN2009", name, "is not a lesson's name.", "Use lower-case words joined by '-', such as disk-full-on-monday.");
        }

        return $$$"""
            # yaml-language-server: $schema=lesson.schema.json
            # Write over every line; then: tazan lesson validate {{{name}}}.yaml && tazan lesson test {{{name}}}.yaml
            lesson: {{{name}}}
            title: A sentence that somebody in an incident call would recognise
            when: "2026-01"
            who: Us
            mechanism: [capacity-loss]          # the most important first; see docs/lessons.md
            severity: medium                    # of a row whose SQL gives none
            summary: One sentence.
            story: |
              What happened, in paragraphs, with the figures. Whoever reads this can retell it.
            timeline:
              - {at: "09:00", what: The first event.}
            sources:
              - {title: Our own post-mortem of that day}
            exposed:
              about: instance
              among: select count(*) from instance where state = 'running'
              # A row for each exposed resource; resource, account, region and evidence are required, and
              # severity, service, remedy, target and any further columns are welcome.
              sql: |
                select
                  instance_id as resource, account, region,
                  instance_id || ' (' || instance_type || ') runs in ' || availability_zone || ' alone.' as evidence,
                  'add-standby' as remedy
                from instance
                where state = 'running' and json_extract(tags, '$.Name') like 'legacy-%'
              clear: No running instance is named legacy-something.
            happens:
              - effect: stop
                at: 0 s
                for: until-mended
                hits: exposed
                with: {repair: 1..2 h}
            sees:
              - {signal: "probe:answer", does: fails}
              - {signal: "metric:CPUUtilization", does: stays-normal, note: Say what stays normal; it tells outages apart.}
            helps:
              - remedy: add-standby
                what: Run a second one in another zone.
                effect: One can stop.
                implementation: medium, a day
                running: medium, twice the instances
                operating: low, both are watched alike
                security_risk: none, nothing is opened
                accident_risk: low, two may act at once
            examples:
              exposed:
                - name: A legacy instance
                  fleet:
                    instance:
                      - {instance_id: i-1, state: running, instance_type: t3.micro, availability_zone: ap-northeast-1a, tags: {Name: legacy-1}}
                  finds: {i-1: medium}
              clear:
                - name: No legacy instance
                  fleet:
                    instance:
                      - {instance_id: i-2, state: running, tags: {Name: web-1}}
              unknown:
                - name: Instances were not read
                  fleet:
                    volume: []

            """.ReplaceLineEndings("\n");
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Name();
}
