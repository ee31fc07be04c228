// Memory of tensors on the processor. A network asks for the same large blocks in every run; handing them back to the system
// and having them cleared again costs more than many a layer. So large blocks are kept and given out again.
#pragma once

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>

namespace shim {

class BlockAllocator final : public c10::Allocator {
public:
    // Up to 2.1 it is const, later it is not; no 'override', so that either fits.
    c10::DataPtr allocate(size_t size) const { return const_cast<BlockAllocator*>(this)->take(size); }
    c10::DataPtr allocate(size_t size) { return take(size); }
    void copy_data(void* to, const void* from, size_t size) const { std::memcpy(to, from, size); }
    c10::DeleterFnPtr raw_deleter() const override { return &give_back; }

    void trim() {
        std::lock_guard<std::mutex> lock(mutex_);
        for (auto& block : free_) {
            std::free(block.second);
        }

        free_.clear();
        kept_ = 0;
    }

private:
    struct Header {
        BlockAllocator* owner;
        size_t size;  // of the whole block, 0 where it is not kept
    };

    static constexpr size_t alignment = 64;
    static constexpr size_t huge_page = 2u << 20;
    static constexpr size_t least_kept = 64u << 10;
    static constexpr size_t most_kept = 512u << 20;  // of all blocks together

    // The header lies in front of the tensor's memory, which starts on a multiple of the alignment.
    static Header* header(void* data) { return reinterpret_cast<Header*>(static_cast<char*>(data) - alignment); }

    c10::DataPtr take(size_t size) {
        if (size == 0) {
            return {nullptr, nullptr, &give_back, at::Device(at::kCPU)};
        }

        const bool is_kept = size >= least_kept;
        const size_t whole = is_kept ? (size + alignment + least_kept - 1) / least_kept * least_kept : size + alignment;
        void* block = is_kept ? find(whole) : nullptr;
        if (!block) {
            block = make(whole);
            *static_cast<Header*>(block) = {this, is_kept ? whole : 0};
        }

        void* data = static_cast<char*>(block) + alignment;
        return {data, data, &give_back, at::Device(at::kCPU)};
    }

    static void* make(size_t size) {
        void* block = nullptr;
        const bool is_huge = size >= 2 * huge_page;
        TORCH_CHECK(
            posix_memalign(&block, is_huge ? huge_page : alignment, size) == 0, "not enough memory: you tried to allocate ", size, " bytes.");
        if (is_huge) {
            madvise(block, size, MADV_HUGEPAGE);
        }

        return block;
    }

    // A free block of this size, or one that is not much larger.
    void* find(size_t size) {
        std::lock_guard<std::mutex> lock(mutex_);
        auto found = free_.lower_bound(size);
        if (found == free_.end() || found->first > size + size / 4) {
            return nullptr;
        }

        void* block = found->second;
        kept_ -= found->first;
        free_.erase(found);
        return block;
    }

    static void give_back(void* data) {
        if (data) {
            Header* block = header(data);
            block->owner->keep_or_free(block);
        }
    }

    void keep_or_free(Header* block) {
        if (block->size > 0) {
            std::lock_guard<std::mutex> lock(mutex_);
            if (kept_ + block->size <= most_kept) {
                kept_ += block->size;
                free_.emplace(block->size, block);
                return;
            }
        }

        std::free(block);
    }

    std::mutex mutex_;
    std::multimap<size_t, void*> free_;
    size_t kept_ = 0;
};

inline BlockAllocator& memory() {
    // Never ended: tensors may outlive the statics.
    static auto* const allocator = new BlockAllocator();
    return *allocator;
}

}  // namespace shim

// From now on tensors on the processor lie in kept blocks.
EXPORT void pp_memory_keep() { c10::SetCPUAllocator(&shim::memory(), /*priority=*/100); }

// Hands free blocks back to the system.
EXPORT void pp_memory_trim() { shim::memory().trim(); }
