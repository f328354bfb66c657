namespace Tazan.Inventory.Json;

/// <summary>What a JSON value is.</summary>
public enum JsonKind : byte
{
    Object,
    Array,
    String,
    Number,
    True,
    False,
    Null,
}
