using System.Runtime.CompilerServices;

namespace Tazan.Inventory.Json;

/// <summary>A name and its value in an object; valid as long as its <see cref="JsonItem"/>.</summary>
public readonly ref struct JsonMember
{
    private readonly JsonTape tape;
    private readonly int index;    // of the name's word; the value's follows

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal JsonMember(JsonTape tape, int index)
    {
        this.tape = tape;
        this.index = index;
    }

    /// <summary>The name as it is written: its text, unless <see cref="NameHasEscapes"/>.</summary>
    public ReadOnlySpan<byte> Name
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => tape.Bytes(tape.At(index));
    }

    /// <summary>Almost never so; <see cref="NameIs"/> and <see cref="GetName"/> take care of it.</summary>
    public bool NameHasEscapes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => JsonTape.HasEscapes(tape.At(index));
    }

    public JsonItem Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(tape, unchecked(index + 1));
    }

    /// <summary>Compares the name's text, its escapes resolved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NameIs(ReadOnlySpan<byte> name)
    {
        var word = tape.At(index);
        return JsonTape.HasEscapes(word) ? JsonItem.TextIs(tape, word, name) : tape.Bytes(word).SequenceEqual(name);
    }

    /// <summary>The name's text as a string.</summary>
    public string GetName() => new JsonItem(tape, index).GetString();
}

/// <summary>Walks an object's members: <c>foreach (var member in item.Members)</c>.</summary>
public ref struct MemberEnumerator
{
    private readonly JsonTape tape;
    private readonly int last;     // the closing word
    private int index;
    private int next;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal MemberEnumerator(JsonTape tape, int container, bool isObject)
    {
        this.tape = tape;
        index = container;
        last = unchecked(isObject ? JsonTape.SizeOf(tape.At(container)) - 1 : container + 1);
        next = unchecked(container + 1);
    }

    public readonly JsonMember Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(tape, index);
    }

    public readonly MemberEnumerator GetEnumerator() => this;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        unchecked
        {
            if (next >= last)
            {
                return false;
            }

            index = next;
            next = JsonTape.Behind(tape.At(index + 1), index + 1);
            return true;
        }
    }
}

/// <summary>Walks an array's items: <c>foreach (var part in item.Items)</c>.</summary>
public ref struct ItemEnumerator
{
    private readonly JsonTape tape;
    private readonly int last;     // the closing word
    private int index;
    private int next;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ItemEnumerator(JsonTape tape, int container, bool isArray)
    {
        this.tape = tape;
        index = container;
        last = unchecked(isArray ? JsonTape.SizeOf(tape.At(container)) - 1 : container + 1);
        next = unchecked(container + 1);
    }

    public readonly JsonItem Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(tape, index);
    }

    public readonly ItemEnumerator GetEnumerator() => this;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        if (next >= last)
        {
            return false;
        }

        index = next;
        next = JsonTape.Behind(tape.At(index), index);
        return true;
    }
}
