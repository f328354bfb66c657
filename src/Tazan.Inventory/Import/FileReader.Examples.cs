using System.Text;
using Tazan.Inventory.Calls;
using Tazan.Inventory.Json;

namespace Tazan.Inventory.Import;

/// <summary>Examples as the API models publish them: requests and answers side by side.</summary>
internal sealed partial class FileReader
{
    // {"DescribeInstances": [{"input": {…}, "output": {…}}, …], …}
    private void ReadExamples(Document outer)
    {
        outer.Note = "";
        var service = NameHints.Words(Path.GetFileName(file.File.Path))[0];
        var imported = 0;
        var others = 0;
        window.Enter();
        while (window.NextMember(out var raw))
        {
            var operation = Encoding.UTF8.GetString(raw);
            var calls = Catalogue.Calls.Where(c => c.Operation == operation).ToList();
            if (window.Kind != JsonKind.Array)
            {
                continue;
            }

            window.Enter();
            while (window.NextItem())
            {
                var call = calls.Count <= 1 ? calls.FirstOrDefault() : calls.Find(c => c.Service == service);
                if (call is null || !ReadExample(call, window.Read()))
                {
                    others++;
                    continue;
                }

                imported++;
            }
        }

        outer.Note = $"published examples: {imported} read, {others} of calls that Tazan does not use";
        open = outer;
    }

    private bool ReadExample(Call call, JsonItem example)
    {
        if (!example.TryGet("output"u8, out var output) || output.Kind != JsonKind.Object)
        {
            return false;
        }

        var line = example.Line;
        var has = false;
        foreach (var member in output.Members)
        {
            has |= call.Marks.Contains(member.GetName());
        }

        if (!has)
        {
            return false;
        }

        var document = Begin(line);
        if (call.Parameter.Length > 0 && example.TryGet("input"u8, out var input)
            && input.TryGet(Encoding.UTF8.GetBytes(call.Parameter), out var asked) && asked.Kind == JsonKind.String)
        {
            document.Resource = Encoding.UTF8.GetBytes(asked.GetString());
        }

        document.Bytes = example.Raw.Length;
        Recognised(document, call);
        FindResource(document, output);
        walker.Answer(output);
        open = null;
        return true;
    }
}
