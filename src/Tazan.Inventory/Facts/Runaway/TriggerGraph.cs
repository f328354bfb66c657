namespace Tazan.Inventory.Facts.Runaway;

/// <summary>What starts what: functions, queues, topics, buckets, rules and trails as nodes, one arrow for each way an event takes.</summary>
/// <remarks>Nodes and arrows keep the order they were added in, so that the same snapshot gives the same cycles.</remarks>
internal sealed class TriggerGraph
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> names = [];
    private readonly List<List<int>> arrows = [];

    // How many nodes each component has, by its number; filled together with the components.
    private readonly List<int> sizes = [];
    private int[]? components;

    internal int Count => names.Count;

    internal string NameOf(int node) => names[node];

    internal int Node(string name)
    {
        if (!numbers.TryGetValue(name, out var number))
        {
            numbers[name] = number = names.Count;
            names.Add(name);
            arrows.Add([]);
        }

        return number;
    }

    internal int? Find(string name) => numbers.TryGetValue(name, out var number) ? number : null;

    internal void Connect(string from, string to)
    {
        var (source, target) = (Node(from), Node(to));
        if (!arrows[source].Contains(target))
        {
            arrows[source].Add(target);
            components = null;
        }
    }

    /// <summary>The shortest way from a node back to itself, the node at both ends; null where there is none.</summary>
    internal List<int>? FindShortestCycle(int start)
    {
        var component = Components();
        if (sizes[component[start]] == 1)
        {
            return arrows[start].Contains(start) ? [start, start] : null;
        }

        var before = new int[Count];
        Array.Fill(before, -1);
        var queue = new Queue<int>();
        queue.Enqueue(start);
        while (queue.TryDequeue(out var node))
        {
            foreach (var next in arrows[node])
            {
                if (next == start)
                {
                    return Path(node, start, before);
                }

                // A way that leaves the component never comes back.
                if (before[next] < 0 && component[next] == component[start])
                {
                    before[next] = node;
                    queue.Enqueue(next);
                }
            }
        }

        return null;
    }

    private static List<int> Path(int end, int start, int[] before)
    {
        var path = new List<int> { start };
        for (var node = end; node != start; node = before[node])
        {
            path.Add(node);
        }

        path.Add(start);
        path.Reverse();
        return path;
    }

    // Tarjan's strongly connected components, with a stack of its own: a chain of queues can be longer than the thread's.
    private int[] Components()
    {
        if (components is { } known && known.Length == Count)
        {
            return known;
        }

        sizes.Clear();
        var (index, low, result) = (new int[Count], new int[Count], new int[Count]);
        Array.Fill(index, -1);
        Array.Fill(result, -1);
        var (stack, work) = (new Stack<int>(), new Stack<(int Node, int Arrow)>());
        var (next, component) = (0, 0);
        for (var root = 0; root < Count; root++)
        {
            if (index[root] >= 0)
            {
                continue;
            }

            work.Push((root, 0));
            while (work.TryPop(out var frame))
            {
                var (node, arrow) = frame;
                if (arrow == 0)
                {
                    index[node] = low[node] = next++;
                    stack.Push(node);
                }
                else
                {
                    low[node] = Math.Min(low[node], low[arrows[node][arrow - 1]]);
                }

                var descended = false;
                for (; arrow < arrows[node].Count; arrow++)
                {
                    var target = arrows[node][arrow];
                    if (index[target] < 0)
                    {
                        work.Push((node, arrow + 1));
                        work.Push((target, 0));
                        descended = true;
                        break;
                    }

                    if (result[target] < 0)
                    {
                        low[node] = Math.Min(low[node], index[target]);
                    }
                }

                if (!descended && low[node] == index[node])
                {
                    int member;
                    var size = 0;
                    do
                    {
                        member = stack.Pop();
                        result[member] = component;
                        size++;
                    }
                    while (member != node);
                    sizes.Add(size);
                    component++;
                }
            }
        }

        components = result;
        return result;
    }
}
