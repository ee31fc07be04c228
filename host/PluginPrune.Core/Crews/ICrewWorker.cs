namespace PluginPrune.Core.Crews;

/// <summary>Does a crew's work on one thread. Where it is disposable, it is disposed of there too.</summary>
/// <typeparam name="TWork">A piece of work.</typeparam>
/// <typeparam name="TResult">What it comes to.</typeparam>
internal interface ICrewWorker<in TWork, out TResult>
{
    /// <summary>Does a piece of work. What it throws is thrown to whoever takes the result.</summary>
    /// <param name="work">The piece; it stays as it is meanwhile.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    TResult Do(TWork work, CancellationToken cancellationToken);
}
